namespace Provisioning.Host.Replanning;

/// <summary>Another host plans everybody again now.</summary>
internal sealed class ReplanLostException() : Exception("another host took the replan over");
