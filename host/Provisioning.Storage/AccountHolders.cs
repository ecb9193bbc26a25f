using Provisioning.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>
/// Whose an account is. Two of our users must never share one: what one of them loses, the other would lose too. Who asks for an account, and
/// who gets it, is decided by one transaction after the other.
/// </summary>
internal static class AccountHolders
{
    /// <summary>Others who get the same account wait until the commit, and see then what was decided.</summary>
    public static void Lock(SqlSession session, string identityProvider, ResourceType type, string account)
    {
        if (session.Dialect.LockName is { } statement)
            session.Post(statement, ("@name", $"{identityProvider}/{(int)type}/{account}"));
    }

    /// <summary>Links an account before it is changed for the first time. Returns who stands in the way, or null.</summary>
    /// <exception cref="LeaseLostException" />
    public static Assignment? Link(SqlSession session, Assignment taker, string account, DateTimeOffset now)
    {
        var resource = AssignedResource.Of(taker);
        var holders = Others(session, resource, account, taker.Id);
        if (holders.Find(x => x.Desired == DesiredState.Present) is { } living)
            return living;

        // It is being taken away at this moment; whether it survives is known when that is over.
        if (holders.Find(x => x.LeaseOwner is not null) is { } busy)
            return busy;
        if (holders.Count > 0)
            TakeFromLeavers(session, resource, account, taker.Id, now);
        var linked = session.Execute(
            "UPDATE assignments SET account_id = @account WHERE id = @id AND lease_owner = @owner",
            ("@account", account),
            ("@id", taker.Id),
            ("@owner", taker.LeaseOwner));
        return linked > 0 ? null : throw new LeaseLostException();
    }

    /// <summary>An outcome says that this is the account: it was made, or found, and may have been linked by another one meanwhile.</summary>
    /// <exception cref="AccountHeldException" />
    public static void TakeOver(SqlSession session, AssignedResource taker, string account, string takerId, DateTimeOffset now)
    {
        var holders = Others(session, taker, account, takerId);
        if (holders.Find(x => x.Desired == DesiredState.Present) is { } living)
            throw new AccountHeldException(account, living.ResourceName);
        if (holders.Count > 0)
            TakeFromLeavers(session, taker, account, takerId, now);
    }

    // Locked: a leaver may come back, or be claimed, at this moment.
    private static List<Assignment> Others(SqlSession session, AssignedResource taker, string account, string takerId)
    {
        Lock(session, taker.IdentityProvider, taker.Type, account);
        return session.List(
            $"""
            SELECT {AssignmentRows.Columns} FROM assignments
            WHERE identity_provider = @provider AND resource_type = @type AND account_id = @account AND id <> @id
            ORDER BY id {session.Dialect.ForUpdate}
            """,
            AssignmentRows.Map,
            ("@provider", taker.IdentityProvider),
            ("@type", (int)taker.Type),
            ("@account", account),
            ("@id", takerId));
    }

    // An account that was adopted from a leaver (a user who was deleted and came back) must not be taken away as the leaver's.
    private static void TakeFromLeavers(SqlSession session, AssignedResource taker, string account, string takerId, DateTimeOffset now) => session.Post(
        """
        UPDATE assignments SET desired_revision = desired_revision + 1, status = 1, applied = 3, applied_attributes = NULL,
            account_id = NULL, uncertain = FALSE, attempts = 0, last_failure = NULL, last_error = NULL, modified = @now
        WHERE identity_provider = @provider AND resource_type = @type AND account_id = @account AND id <> @id AND desired <> 0
        """,
        ("@now", now.Ms()),
        ("@provider", taker.IdentityProvider),
        ("@type", (int)taker.Type),
        ("@account", account),
        ("@id", takerId));
}
