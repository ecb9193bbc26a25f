namespace Provisioning.Connectors;

/// <summary>Facts about one call that a connector may use.</summary>
/// <param name="OperationId">Stable over all attempts of one piece of work.</param>
/// <param name="Attempt">1 for the first try.</param>
/// <param name="Deadline">When the host stops waiting; the cancellation token fires then.</param>
/// <param name="Log">Receives diagnostic lines; must be given no secrets.</param>
public sealed record OperationContext(string OperationId, int Attempt, DateTimeOffset Deadline, Action<string> Log);
