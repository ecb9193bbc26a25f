using Microsoft.Extensions.Time.Testing;
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

    public virtual async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
