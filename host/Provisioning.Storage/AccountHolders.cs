using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>
/// Decides whose an account is. Two of our users must never share an account: when one of them loses it, the other would lose it too. A lock on the name
/// of the account makes those who claim it at the same moment wait for each other.
/// </summary>
internal static class AccountHolders
{
    /// <summary>Others who ask for the same account wait until the commit, and see then what was decided.</summary>
    public static void Lock(SqlSession session, string identityProvider, ResourceType type, string account)
    {
        if (session.Dialect.LockName is { } statement)
            session.Post(statement, ("@name", $"{identityProvider}/{(int)type}/{account}"));
    }

    /// <summary>Links an account before it is changed for the first time.</summary>
    /// <exception cref="LeaseLostException" />
    public static LinkOutcome Link(SqlSession session, Assignment taker, string account, DateTimeOffset now)
    {
        var resource = AssignedResource.Of(taker);
        var holders = Others(session, resource, account, taker.Id);
        if (holders.Find(x => IsLiving(session, x)) is { } living)
            return new LinkOutcome(living, IsLiving: true, null);

        // The account is being taken away at this moment; whether it survives is known when that is over.
        if (holders.Find(x => x.Lease is not null || x.StrayOf is not null) is { } busy)
            return new LinkOutcome(busy, IsLiving: false, null);
        Take(session, holders, now);
        if (AssignmentRows.FindForUpdate(session, taker.Id) is not { Lease: { } lease } stored || lease.Token != taker.Lease?.Token)
            throw new LeaseLostException();
        AssignmentRows.UpdateOutcome(session, AssignmentLife.Link(stored, account, holders.FirstOrDefault()));
        return new LinkOutcome(null, false, holders.FirstOrDefault());
    }

    /// <summary>An outcome says that this is the account: it was made, or found, and may have been linked by another one meanwhile.</summary>
    /// <exception cref="AccountHeldException" />
    public static void TakeOver(SqlSession session, AssignedResource taker, string account, string takerId, DateTimeOffset now)
    {
        var holders = Others(session, taker, account, takerId);
        if (holders.Find(x => IsLiving(session, x)) is { } living)
            throw new AccountHeldException(account, living.ResourceName);
        Take(session, holders, now);
    }

    /// <summary>Makes an assignment of its own of a second account that somebody made by mistake, so that it is removed.</summary>
    /// <returns>False if the account is somebody's.</returns>
    public static bool PutAside(SqlSession session, Assignment of, string account, DateTimeOffset now)
    {
        if (Others(session, AssignedResource.Of(of), account, "").Count > 0)
            return false;
        var stray = AssignmentLife.Stray(of, account, PlanWriter.NewId(now), now);
        AssignmentRows.Insert(session, stray);
        SqlAuditTrail.Append(session, now, "host", "second-account", stray.Id, $"{of.ResourceName} at {of.IdentityProvider}: account '{account}' is removed");
        return true;
    }

    /// <summary>Gives the account of a leaver other values, so that somebody else can have those that it has now.</summary>
    /// <returns>False if the account does not belong to a leaver any more.</returns>
    public static bool Yield(SqlSession session, Assignment holder, IReadOnlyDictionary<string, JsonNode> values, DateTimeOffset now)
    {
        if (AssignmentRows.FindForUpdate(session, holder.Id) is not { } stored || stored.AccountId != holder.AccountId || stored.Held || IsLiving(session, stored))
            return false;

        // Somebody works on it at this moment: the name may be free when that is over.
        if (stored.Lease is not null)
            return true;
        AssignmentRows.Update(session, AssignmentLife.Yield(stored, values, now));
        return true;
    }

    /// <summary>Whether another assignment has the account. Nobody else gets it until the commit.</summary>
    public static bool IsHeld(SqlSession session, Assignment by, string account) => Others(session, AssignedResource.Of(by), account, by.Id).Count > 0;

    // A user who is disabled or refused keeps the account: it is given back to nobody else. Only what belongs to nobody any more is free.
    private static bool IsLiving(SqlSession session, Assignment holder)
    {
        if (holder.StrayOf is not null)
            return false;
        if (holder is { Desired: DesiredState.Present, Held: false })
            return true;
        var table = holder.ResourceType == ResourceType.User ? "users" : "groups";
        return session.Scalar($"SELECT id FROM {table} WHERE id = @id", ("@id", holder.ResourceId)) is not null;
    }

    // Locked: a leaver may come back, or be claimed, at this moment.
    private static List<Assignment> Others(SqlSession session, AssignedResource taker, string account, string takerId)
    {
        Lock(session, taker.IdentityProvider, taker.Type, account);
        return session.List(
            $"""
            SELECT {AssignmentColumns.Read} FROM assignments
            WHERE identity_provider = @provider AND resource_type = @type AND account_id = @account AND id <> @id
            ORDER BY id {session.Dialect.ForUpdate}
            """,
            AssignmentColumns.Map,
            ("@provider", taker.IdentityProvider),
            ("@type", (int)taker.Type),
            ("@account", account),
            ("@id", takerId));
    }

    // An account that was adopted from a leaver must not be taken away as the leaver's.
    private static void Take(SqlSession session, IEnumerable<Assignment> leavers, DateTimeOffset now)
    {
        foreach (var leaver in leavers.Where(x => x.StrayOf is null))
            AssignmentRows.Update(session, AssignmentLife.LoseAccount(leaver, now));
    }
}
