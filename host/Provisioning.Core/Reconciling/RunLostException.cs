namespace Provisioning.Core.Reconciling;

/// <summary>A run was cancelled, or is somebody else's now.</summary>
internal sealed class RunLostException() : Exception("the reconciliation was cancelled or taken over");
