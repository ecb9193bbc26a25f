using Provisioning.Connectors;

namespace Provisioning.Testing;

/// <summary>What a cell of the page allows.</summary>
/// <param name="Kinds">The failure kinds that the cell names.</param>
/// <param name="MayBeDone">Whether the call may succeed: there was nothing to do, or nothing to find.</param>
internal sealed record FaultOutcome(IReadOnlyList<FailureKind> Kinds, bool MayBeDone)
{
    /// <summary>A cell without kinds leaves them to the settings.</summary>
    public bool Allows(FailureKind? kind) => kind is null ? MayBeDone : Kinds.Count == 0 || Kinds.Contains(kind.Value);

    public override string ToString() => string.Join(" or ", [.. Kinds.Select(kind => $"{kind}"), .. MayBeDone ? (string[])["done"] : []]);
}
