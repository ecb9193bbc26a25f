using System.Globalization;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Counts how many accounts each service provider takes away, and says when it is too many.</summary>
internal static class Withdrawals
{
    /// <summary>The plans of one transaction with what they become: the withdrawals of a service provider go all together or are all held.</summary>
    /// <param name="plans">Each with the assignment as it is stored, which is locked.</param>
    public static IReadOnlyList<(AssignmentPlan? Plan, Assignment? Stored)> Check(
        SqlSession session, IReadOnlyList<(AssignmentPlan Plan, Assignment? Stored)> plans, DateTimeOffset now)
    {
        var guarded = plans.Where(x => !x.Plan.Approved && x.Plan.Withdraws(x.Stored) && (x.Plan.Guard is not null || x.Stored!.Held)).ToList();
        if (guarded.Count == 0)
            return [.. plans.Select(x => ((AssignmentPlan?)x.Plan, x.Stored))];
        var held = guarded.Where(x => x.Stored!.Held).Select(x => x.Plan).ToHashSet(ReferenceEqualityComparer.Instance);

        // In one order for all, so that two who take several of these locks do not wait for each other.
        foreach (var group in guarded.Where(x => !x.Stored!.Held).GroupBy(x => (x.Plan.IdentityProvider, x.Plan.Guard!.ServiceProvider))
            .OrderBy(x => x.Key.IdentityProvider, StringComparer.Ordinal).ThenBy(x => x.Key.ServiceProvider, StringComparer.Ordinal))
            if (!Admit(session, group.Key.IdentityProvider, group.First().Plan.Guard!, group.Count(), now))
                held.UnionWith(group.Select(x => x.Plan));
        return [.. plans.Select(x => held.Contains(x.Plan) ? (x.Plan.Guard?.IfHeld, x.Stored) : (x.Plan, x.Stored))];
    }

    private static bool Admit(SqlSession session, string identityProvider, WithdrawalGuard guard, int count, DateTimeOffset now)
    {
        // Until the commit nobody else counts for the same service provider.
        if (session.Dialect.LockName is { } statement)
            session.Post(statement, ("@name", $"withdrawals/{identityProvider}/{guard.ServiceProvider}"));
        var before = Convert.ToInt64(
            session.Scalar(
                "SELECT coalesce(sum(count), 0) FROM withdrawals WHERE identity_provider = @provider AND service_provider = @service AND minute >= @since",
                ("@provider", identityProvider),
                ("@service", guard.ServiceProvider),
                ("@since", Minute(guard.Since))),
            CultureInfo.InvariantCulture);
        if (before + count > guard.Most)
            return false;
        session.Post(
            "DELETE FROM withdrawals WHERE identity_provider = @provider AND service_provider = @service AND minute < @since",
            ("@provider", identityProvider),
            ("@service", guard.ServiceProvider),
            ("@since", Minute(guard.Since)));
        session.Post(
            """
            INSERT INTO withdrawals (identity_provider, service_provider, minute, count) VALUES (@provider, @service, @minute, @count)
            ON CONFLICT (identity_provider, service_provider, minute) DO UPDATE SET count = withdrawals.count + excluded.count
            """,
            ("@provider", identityProvider),
            ("@service", guard.ServiceProvider),
            ("@minute", Minute(now)),
            ("@count", (long)count));
        return true;
    }

    private static long Minute(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / 60;
}
