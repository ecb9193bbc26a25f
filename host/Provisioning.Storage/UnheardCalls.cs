using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>
/// While an assignment is under a lease, a call may be sending what is desired, and its host may die before the outcome is recorded. What is
/// desired is the intent of that call, durable before it: before it is overwritten, it is kept as what may be at the target.
/// </summary>
internal static class UnheardCalls
{
    /// <summary>What a call under way may be sending, by the target's ids; null if there is none.</summary>
    public static JsonObject? Sent(SqlSession session, Assignment stored)
    {
        if (!AssignmentLife.MayBeSending(stored))
            return null;
        if (stored.ResourceType != ResourceType.Group)
            return stored.DesiredAttributes;
        var sent = stored.DesiredAttributes!.DeepClone().AsObject();
        var accounts = AssignmentRows.AccountIds(session, stored.IdentityProvider, PossibleAttributes.MembersOf(stored.DesiredAttributes));
        sent[PossibleAttributes.Members] = new JsonArray([.. accounts.Values.Select(x => JsonValue.Create(x))]);
        return sent;
    }

    /// <summary>Keeps an account that a call may have made a member of a group, before its id is forgotten.</summary>
    public static void KeepMember(SqlSession session, AssignedResource user)
    {
        if (user.AccountId is null)
            return;
        var groups = session.List(
            """
            SELECT id FROM assignments WHERE identity_provider = @provider AND resource_type = @group AND lease_token IS NOT NULL
                AND resource_id IN (SELECT group_id FROM group_members WHERE user_id = @user) ORDER BY id
            """,
            row => row.GetString(0),
            ("@provider", user.IdentityProvider),
            ("@group", (int)ResourceType.Group),
            ("@user", user.Id));
        foreach (var id in groups)
            if (AssignmentRows.FindForUpdate(session, id) is { } group && AssignmentLife.KeepMember(group, user.AccountId) is var kept && !ReferenceEquals(kept, group))
                AssignmentRows.UpdateOutcome(session, kept);
    }
}
