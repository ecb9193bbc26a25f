using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Converging;

/// <summary>The time of one attempt: each operation has the whole time limit for itself, and waiting for its turn takes nothing from it.</summary>
internal sealed class OperationBudget(OperationPacer pacer, LeaseCheck lease, TimeSpan limit, CancellationTokenSource deadline, TimeProvider time)
{
    /// <summary>Waits until the operation may start, and returns its context.</summary>
    /// <exception cref="LeaseLostException" />
    public async Task<OperationContext> BeginAsync(ConnectorOperation operation, OperationContext context, CancellationToken cancellationToken)
    {
        deadline.CancelAfter(Timeout.InfiniteTimeSpan);
        await LedgerFault.NamedAsync(pacer.WaitAsync(operation, cancellationToken));
        await lease.CheckAsync();
        deadline.CancelAfter(limit);
        return context with { Deadline = time.GetUtcNow() + limit };
    }
}
