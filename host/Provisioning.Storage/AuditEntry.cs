namespace Provisioning.Storage;

public sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, string Subject, string? Detail);
