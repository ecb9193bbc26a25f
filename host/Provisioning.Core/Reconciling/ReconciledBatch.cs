using Provisioning.Connectors;

namespace Provisioning.Core.Reconciling;

/// <summary>What a part of a listing showed.</summary>
/// <param name="Seen">Ids of the accounts that the target listed.</param>
/// <param name="Findings">To keep.</param>
/// <param name="NotKept">Further findings that are only counted.</param>
public sealed record ReconciledBatch(
    ResourceType Type, IReadOnlyCollection<string> Seen, IReadOnlyList<Finding> Findings, IReadOnlyDictionary<FindingKind, long> NotKept, int InMotion);
