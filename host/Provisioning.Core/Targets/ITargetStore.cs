namespace Provisioning.Core.Targets;

/// <summary>The states of identity providers, shared by all hosts.</summary>
public interface ITargetStore
{
    /// <summary>Null while nothing ever happened to it.</summary>
    Task<TargetState?> FindAsync(string identityProvider, CancellationToken cancellationToken);

    Task<IReadOnlyList<TargetState>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a state and notes in the audit trail when the condition changed. What an operator paused, only an operator resumes.</summary>
    /// <param name="actor">The operator, or null for the host itself.</param>
    /// <returns>True if the condition changed: one host alone is told so, and raises the alert.</returns>
    Task<bool> SaveAsync(TargetState state, string? actor, CancellationToken cancellationToken);
}
