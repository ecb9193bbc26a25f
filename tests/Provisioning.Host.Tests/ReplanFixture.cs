using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Ledger;
using Provisioning.Storage;

namespace Provisioning.Host.Tests;

/// <summary>A database on which hosts plan everybody again, at a time that stands still.</summary>
public abstract class ReplanFixture : IAsyncLifetime
{
    protected const string Names = "\"userName\": \"user.userName\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("replan-db-").FullName;

    protected static CancellationToken None => CancellationToken.None;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    protected ProvisioningStorage Storage { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() =>
        Storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(_folder, "provisioning.db"), Time, None);

    /// <summary>All that is pending at the target gets its account there.</summary>
    protected async Task GiveAccountsAsync()
    {
        foreach (var one in await Storage.Ledger.ClaimAsync("target", 1000, new Lease("setup", "setup", Time.GetUtcNow().AddMinutes(1)), Time.GetUtcNow(), None))
        {
            var attempt = new Attempt(one.Id, Time.GetUtcNow(), TimeSpan.Zero, "create", null, null);
            var record = new AttemptRecord(
                attempt, "setup", one.DesiredRevision, AppliedState.Present, one.DesiredAttributes, $"t-{one.ResourceId}", false, AssignmentStatus.Done, null, 0, Time.GetUtcNow(), null);
            Assert.True(await Storage.Ledger.RecordAsync(record, None));
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
