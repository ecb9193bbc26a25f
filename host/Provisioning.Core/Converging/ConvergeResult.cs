using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>The outcome of one attempt: what is at the target now, and the failure if there was one.</summary>
internal sealed record ConvergeResult(
    AppliedState Applied,
    JsonObject? AppliedAttributes,
    string? AccountId,
    bool Uncertain,
    IReadOnlyList<ConnectorOperation> Operations,
    Failure? Failure)
{
    /// <inheritdoc cref="Assignment.Unmarked" />
    public bool Unmarked { get; init; }

    /// <summary>Something was changed at the target, or may have been.</summary>
    public bool Acted => Operations.Any(x => x.Acts());

    /// <summary>A create was sent, and its answer never came.</summary>
    public bool CreateUnheard => Failure?.Kind == FailureKind.Ambiguous && Operations is [.., ConnectorOperation.Create];
}
