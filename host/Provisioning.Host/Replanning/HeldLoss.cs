namespace Provisioning.Host.Replanning;

/// <summary>One account that would go.</summary>
/// <param name="Becomes"><c>disabled</c> or <c>absent</c>.</param>
internal sealed record HeldLoss(string ResourceId, string ResourceName, string Becomes, string Reason);
