namespace Provisioning.Core.Reconciling;

/// <summary>One comparison of a target with the ledger.</summary>
/// <param name="RequestedBy">Who wanted it; <c>schedule</c> for the clock.</param>
/// <param name="Forced">Repair even if it looks suspicious.</param>
public sealed record Reconciliation(
    string Id, string IdentityProvider, ReconciliationMode Mode, bool Forced, string RequestedBy, DateTimeOffset Requested)
{
    public const string Schedule = "schedule";

    public ReconciliationState State { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>Accounts and groups that the target listed.</summary>
    public long Listed { get; init; }

    /// <summary>Those that we changed around the time of the run, and which were not compared.</summary>
    public long InMotion { get; init; }

    /// <summary>How many assignments were queued again or linked.</summary>
    public long Acted { get; init; }

    /// <summary>How many findings there are of each kind, also of those that are not kept one by one.</summary>
    public IReadOnlyDictionary<FindingKind, long> Findings { get; init; } = new Dictionary<FindingKind, long>();

    /// <summary>Why it is not complete, or not believed.</summary>
    public string? Problem { get; init; }

    public bool IsOver => State > ReconciliationState.Running;

    public static Reconciliation New(string identityProvider, ReconciliationMode mode, bool forced, string requestedBy, DateTimeOffset now) =>
        new(Guid.CreateVersion7(now).ToString("n"), identityProvider, mode, forced, requestedBy, now);
}
