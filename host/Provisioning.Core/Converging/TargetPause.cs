namespace Provisioning.Core.Converging;

public sealed record TargetPause(DateTimeOffset Until, string Reason);
