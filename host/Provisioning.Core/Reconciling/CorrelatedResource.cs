using Provisioning.Core.Ledger;

namespace Provisioning.Core.Reconciling;

/// <summary>A user or group that a value belongs to.</summary>
/// <param name="Value">As it was asked for.</param>
/// <param name="Assignment">At the identity provider in question; null if there is none.</param>
public sealed record CorrelatedResource(string Value, string ResourceId, string ResourceName, Assignment? Assignment);
