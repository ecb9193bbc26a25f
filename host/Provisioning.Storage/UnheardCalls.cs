using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>
/// While an assignment is under a lease, a call may be putting there what is desired, and its host may die before it says so. What is desired is
/// the intent of that call, durable before it. It is kept when it is overwritten, as what may be there; a record of the call replaces it.
/// </summary>
internal static class UnheardCalls
{
    /// <summary>Keeps what a call may have sent, before something else is desired.</summary>
    public static Assignment Keep(SqlSession session, Assignment stored) => stored is { LeaseOwner: not null, Desired: DesiredState.Present, DesiredAttributes: { } desired }
        ? stored with { AppliedAttributes = PossibleAttributes.Union(stored.AppliedAttributes, Sent(session, stored, desired)), Uncertain = true }
        : stored;

    /// <summary>
    /// Keeps what the holder of a lease that ran out may have sent, before another one takes over: what that one records is about its own calls.
    /// </summary>
    public static Assignment KeepExpired(SqlSession session, Assignment expired, DateTimeOffset now) =>
        expired.LeaseUntil <= now ? Keep(session, expired) : expired;

    /// <summary>Keeps an account that a call may have made a member of a group, before its id is forgotten.</summary>
    public static void KeepMember(SqlSession session, AssignedResource user)
    {
        if (user.AccountId is null)
            return;
        var groups = session.List(
            """
            SELECT id FROM assignments WHERE identity_provider = @provider AND resource_type = @group AND lease_owner IS NOT NULL
                AND resource_id IN (SELECT group_id FROM group_members WHERE user_id = @user) ORDER BY id
            """,
            row => row.GetString(0),
            ("@provider", user.IdentityProvider),
            ("@group", (int)ResourceType.Group),
            ("@user", user.Id));
        foreach (var id in groups)
            if (AssignmentRows.Take(session, id) is { LeaseOwner: not null } group)
                AssignmentRows.UpdateOutcome(session, group with
                {
                    AppliedAttributes = PossibleAttributes.Union(group.AppliedAttributes, new JsonObject { [PossibleAttributes.Members] = new JsonArray(user.AccountId) }),
                    Uncertain = true,
                });
    }

    private static JsonObject Sent(SqlSession session, Assignment stored, JsonObject desired)
    {
        if (stored.ResourceType != ResourceType.Group)
            return desired;
        var sent = desired.DeepClone().AsObject();
        var accounts = AssignmentRows.AccountIds(session, stored.IdentityProvider, PossibleAttributes.MembersOf(desired));
        sent[PossibleAttributes.Members] = new JsonArray([.. accounts.Values.Select(x => JsonValue.Create(x))]);
        return sent;
    }
}
