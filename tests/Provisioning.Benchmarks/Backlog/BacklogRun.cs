namespace Provisioning.Benchmarks.Backlog;

/// <summary>What is asked of one run.</summary>
/// <param name="Users">How many arrive.</param>
/// <param name="Providers">Among how many identity providers they are spread: each is drained by one host at a time.</param>
/// <param name="Concurrency">Of the callers.</param>
/// <param name="Outage">How long the target is down, from the first user on; at least until all have arrived.</param>
/// <param name="Database">PostgreSQL, or null for SQLite.</param>
internal sealed record BacklogRun(int Users, int Nodes, int Providers, int Concurrency, TimeSpan Outage, string? Database);
