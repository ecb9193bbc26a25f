namespace Provisioning.Core.Pipeline;

/// <summary>Decisions that looked at the clock, and hold until a moment.</summary>
public interface IDueDecisions
{
    /// <summary>Decides again about everybody whose moment has come; does nothing where another host is at it.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
