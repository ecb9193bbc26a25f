using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Core.Converging;

/// <summary>
/// A host that was stopped for a while finds itself in the middle of work that another one has taken over, and maybe done. Calls already sent
/// cannot be taken back; no other one is made.
/// </summary>
internal sealed class LeaseCheck(Assignment assignment, ILedger ledger, NodeHealth health, TimeProvider time)
{
    /// <exception cref="LeaseLostException" />
    /// <exception cref="LedgerFault">The ledger does not say whether another host took it over.</exception>
    public async Task CheckAsync()
    {
        if (!health.MayHaveLostLeases)
            return;
        var stored = await LedgerFault.NamedAsync(ledger.FindAssignmentAsync(assignment.Id, CancellationToken.None));
        if (stored?.Lease is not { } lease || lease.Token != assignment.Lease?.Token || lease.Until <= time.GetUtcNow())
            throw new LeaseLostException();
    }
}
