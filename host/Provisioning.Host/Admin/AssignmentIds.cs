using Provisioning.Core.Ledger;
using Provisioning.Host.Api;
using Provisioning.Scim;

namespace Provisioning.Host.Admin;

/// <summary>Ids are long. People write the beginning of one.</summary>
internal static class AssignmentIds
{
    /// <summary>The assignment with the id, or the only one whose id begins so; null if there is none.</summary>
    /// <exception cref="RequestException">Several begin so.</exception>
    public static async Task<Assignment?> FindAsync(ILedger ledger, string id, CancellationToken cancellationToken)
    {
        if (await ledger.FindAssignmentAsync(id, cancellationToken) is { } exact)
            return exact;
        var prefix = id.ToLowerInvariant();
        var some = await ledger.ListAssignmentsAsync(new AssignmentQuery(AfterId: prefix, Max: 2), cancellationToken);
        return some.Count(x => x.Id.StartsWith(prefix, StringComparison.Ordinal)) switch
        {
            0 => null,
            1 => some[0],
            _ => throw new RequestException(409, $"several assignments begin with '{id}'; write more of the id"),
        };
    }
}
