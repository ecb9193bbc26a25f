using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>The outcome of one attempt: what is at the target now, and the failure if there was one.</summary>
public sealed record ConvergeResult(
    AppliedState Applied,
    JsonObject? AppliedAttributes,
    string? AccountId,
    bool Uncertain,
    string Operations,
    Failure? Failure);
