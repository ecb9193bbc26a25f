namespace Provisioning.Core.Reconciling;

/// <summary>Has the queued reconciliation of an identity provider run soon. Losing a call loses nothing: the queue is looked at from time to time.</summary>
public interface IReconciliationTrigger
{
    Task TriggerAsync(string identityProvider, CancellationToken cancellationToken);
}
