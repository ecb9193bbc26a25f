namespace Provisioning.Storage;

/// <summary>Who did what to whom. Append-only.</summary>
public interface IAuditTrail
{
    Task WriteAsync(string actor, string action, string subject, string? detail, CancellationToken cancellationToken);

    /// <summary>The newest entries, newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(int max, CancellationToken cancellationToken);
}
