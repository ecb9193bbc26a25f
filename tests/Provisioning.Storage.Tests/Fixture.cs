using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

/// <summary>A storage of its own, on SQLite or PostgreSQL, at a time that stands still.</summary>
public abstract class Fixture(Backend backend) : IAsyncLifetime
{
    // All migrations once; a copy of the outcome takes a fraction of the time.
    private static readonly Lazy<Task<string>> Migrated = new(async () =>
    {
        var database = LocalPostgres.Shared.NewDatabase();
        await using var storage = await ProvisioningStorage.OpenPostgresAsync(database, TimeProvider.System, None);
        return database;
    });

    private string? _database;

    protected static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    protected static CancellationToken None => CancellationToken.None;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("storage-").FullName;

    protected FakeTimeProvider Time { get; } = new(Start);

    protected ProvisioningStorage Storage { get; private set; } = null!;

    protected ILedger Ledger => Storage.Ledger;

    protected string ConnectionString => _database!;

    protected string File => Path.Combine(Folder, "provisioning.db");

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(backend == Backend.SQLite || LocalPostgres.IsInstalled, LocalPostgres.Missing);
        _database = backend == Backend.PostgreSQL ? LocalPostgres.Shared.NewDatabase(like: await Migrated.Value) : null;
        Storage = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Storage is not null)
            await Storage.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Opens the storage of this test once more.</summary>
    protected Task<ProvisioningStorage> OpenAsync() => _database is null
        ? ProvisioningStorage.OpenSqliteAsync(File, Time, None)
        : ProvisioningStorage.OpenPostgresAsync(_database, Time, None);

    /// <summary>For what has no place in the interfaces.</summary>
    protected Task<object?> SqlAsync(string sql) => Storage.Database.WriteAsync(session => session.Scalar(sql), None);

    /// <summary>Stores users without attributes by one statement.</summary>
    protected Task CrowdAsync(IEnumerable<string> ids) => Storage.Database.WriteAsync(
        session => session.Execute(
            $"""
            INSERT INTO users (id, user_name, user_name_key, apart, version, created, modified)
            SELECT i.value, i.value, i.value, '', 1, 0, 0 FROM {session.Dialect.Elements("@ids")} i
            """,
            ("@ids", Rows.Array(ids)))
            + session.Execute(
                $"""
                INSERT INTO registrations (user_id, service_provider, user_name_key, attributes, origin, version, created, modified)
                SELECT i.value, 'portal', i.value, '{"{}"}', 0, 1, 0, 0 FROM {session.Dialect.Elements("@ids")} i
                """,
                ("@ids", Rows.Array(ids))),
        None);

    protected static JsonObject Json(string name) => new() { ["name"] = name };

    protected static User User(string id, string? name = null, long version = 1) =>
        People.Known(id, name ?? id, new JsonObject { ["externalId"] = "x-" + id }, Start, version);

    protected static Group Group(string id, IReadOnlyList<string> members, long version = 1, string? name = null) =>
        new(id, name ?? id, Json(id), members, "portal", version, Start, Start);

    protected static AssignmentPlan Plan(
        string resource,
        string provider = "ldap",
        DesiredState desired = DesiredState.Present,
        string? name = "A",
        ResourceType type = ResourceType.User,
        DateTimeOffset? due = null) =>
        new(provider, type, resource, resource, "portal", desired, name is null ? null : Json(name), due ?? Start, "{}");

    protected async Task<Assignment> PlanAsync(AssignmentPlan plan) => Assert.Single(await Ledger.CommitPlansAsync([plan], None));

    protected Task<IReadOnlyList<Assignment>> ClaimAsync(string owner, int max = 10, string provider = "ldap") =>
        Ledger.ClaimAsync(provider, max, Lease(owner), Time.GetUtcNow(), None);

    /// <param name="owner">The token; what is before a slash is the host.</param>
    protected Lease Lease(string owner) => new(owner.Split('/')[0], owner, Time.GetUtcNow().AddMinutes(1));

    protected async Task<Assignment> GetAsync(string id) => (await Ledger.FindAssignmentAsync(id, None))!;

    /// <summary>Everybody has an account of their own.</summary>
    protected AttemptRecord Done(Assignment assignment, string owner) => Done(assignment, owner, $"acc-{assignment.ResourceId}");

    protected AttemptRecord Done(Assignment assignment, string owner, string? account) =>
        new(
            new Attempt(assignment.Id, Time.GetUtcNow(), TimeSpan.FromMilliseconds(7), "find, create", null, null),
            owner,
            assignment.DesiredRevision,
            AppliedState.Present,
            assignment.DesiredAttributes,
            account,
            false,
            AssignmentStatus.Done,
            null,
            0,
            Time.GetUtcNow(),
            null) { AccountBefore = assignment.AccountId, Acted = true };

    protected AttemptRecord Failed(Assignment assignment, string owner, AssignmentStatus status = AssignmentStatus.Pending) =>
        Done(assignment, owner, assignment.AccountId) with
        {
            Attempt = new Attempt(assignment.Id, Time.GetUtcNow(), TimeSpan.FromMilliseconds(7), "create", FailureKind.Transient, "no route"),
            Applied = assignment.Applied,
            AppliedAttributes = assignment.AppliedAttributes,
            Status = status,
            Attempts = assignment.Attempts + 1,
            DueAt = Time.GetUtcNow().AddMinutes(5),
            FirstFailedAt = Time.GetUtcNow(),
        };

    protected async Task<Assignment> ConvergedAsync(AssignmentPlan plan, string? account = null)
    {
        var planned = await PlanAsync(plan with { ClaimFor = Lease("setup") });
        Assert.True(await Ledger.RecordAsync(Done(planned, "setup", account ?? $"acc-{plan.ResourceId}"), None));
        return await GetAsync(planned.Id);
    }
}
