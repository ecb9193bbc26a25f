using Provisioning.Connectors;

namespace Provisioning.Core.Reconciling;

/// <summary>Reconciliations and what they found. A run belongs to one owner at a time: what another one stores for it is refused.</summary>
public interface IReconciliationStore
{
    /// <summary>Queues a run; false if one is queued or running at that identity provider already.</summary>
    Task<bool> RequestAsync(Reconciliation run, CancellationToken cancellationToken);

    /// <summary>Takes the run that is to be done at an identity provider, and starts it anew if another owner left it half done.</summary>
    Task<Reconciliation?> BeginAsync(string identityProvider, string owner, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Stores what a part of the listing showed. False if the run was cancelled or is somebody else's.</summary>
    Task<bool> StoreAsync(string runId, string owner, ReconciledBatch batch, CancellationToken cancellationToken);

    /// <summary>Puts it back in the queue, or ends it. False if it is over already.</summary>
    Task<bool> EndAsync(string runId, string owner, ReconciliationState state, string? problem, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends a run that is queued or running; false if it is over.</summary>
    Task<bool> CancelAsync(string runId, DateTimeOffset now, CancellationToken cancellationToken);

    Task<Reconciliation?> FindAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Reconciliation>> ListAsync(string identityProvider, int max, CancellationToken cancellationToken);

    /// <summary>Names of the identity providers at which a run is queued or was left running.</summary>
    Task<IReadOnlyList<string>> UnfinishedAsync(CancellationToken cancellationToken);

    /// <param name="kind">Null for all.</param>
    /// <param name="step">Null for all.</param>
    Task<IReadOnlyList<Finding>> FindingsAsync(
        string runId, FindingKind? kind, FindingStep? step, long after, int max, CancellationToken cancellationToken);

    /// <summary>Accounts that we think exist, in order of id, and whether the run has seen them.</summary>
    Task<IReadOnlyList<KnownAccount>> KnownAsync(
        string runId, string identityProvider, ResourceType type, string after, int max, CancellationToken cancellationToken);

    /// <summary>Users or groups with these values, with their assignment at the identity provider if they have one.</summary>
    Task<IReadOnlyList<CorrelatedResource>> CorrelateAsync(
        string identityProvider, ResourceType type, CorrelationKey key, IReadOnlyCollection<string> values, CancellationToken cancellationToken);

    /// <summary>
    /// Acts on findings: what has an account is tried again from what is really there, what has none is linked to the account of the finding.
    /// Assignments that changed since the given moment, or are not settled, are left alone.
    /// </summary>
    /// <returns>How many assignments it was; null if the run is not the owner's any more.</returns>
    Task<int?> ActAsync(string runId, string owner, IReadOnlyCollection<Finding> findings, DateTimeOffset unchangedSince, DateTimeOffset now, CancellationToken cancellationToken);
}
