using Provisioning.Connectors;

namespace Provisioning.Core.Reconciling;

/// <summary>Collects what a part of a listing shows.</summary>
/// <param name="keeps">Whether one more of a kind is to be kept, or only counted.</param>
internal sealed class BatchFindings(Func<FindingKind, bool> keeps)
{
    private readonly List<Finding> _kept = [];
    private readonly Dictionary<FindingKind, long> _notKept = [];

    public int InMotion { get; set; }

    public void Add(Finding finding)
    {
        if (finding.AssignmentId is not null || keeps(finding.Kind))
            _kept.Add(finding);
        else
            _notKept[finding.Kind] = _notKept.GetValueOrDefault(finding.Kind) + 1;
    }

    public ReconciledBatch ToBatch(ResourceType type, IReadOnlyCollection<string> seen) => new(type, seen, _kept, _notKept, InMotion);
}
