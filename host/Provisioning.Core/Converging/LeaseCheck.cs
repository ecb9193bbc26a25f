using Provisioning.Connectors;
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
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!health.MayHaveLostLeases)
            return;
        var stored = await FindAsync(cancellationToken);
        if (stored?.Lease is not { } lease || lease.Token != assignment.Lease?.Token || lease.Until <= time.GetUtcNow())
            throw new LeaseLostException();
    }

    private async Task<Assignment?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.FindAssignmentAsync(assignment.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new ConnectorException(FailureKind.Transient, $"the database did not say whether another host took it over: {exception.Message}");
        }
    }
}
