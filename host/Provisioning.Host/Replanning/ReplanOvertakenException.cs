namespace Provisioning.Host.Replanning;

/// <summary>Policies or configuration changed again while everybody was planned with what they were.</summary>
internal sealed class ReplanOvertakenException() : Exception("policies or configuration changed again");
