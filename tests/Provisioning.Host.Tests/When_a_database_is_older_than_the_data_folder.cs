using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Host.Composition;
using Provisioning.Storage;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>A backup was restored, or the last writes were lost.</summary>
public sealed class When_a_database_is_older_than_the_data_folder
{
    private readonly string _data = TestFolder.Create();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Should_say_so_at_the_start()
    {
        await BeatAsync("provisioning.db", 2);
        File.Copy(Path.Combine(_data, "provisioning.db"), Path.Combine(_data, "backup.db"));
        Assert.Null(await BeatAsync("provisioning.db", 3));
        var problem = await BeatAsync("backup.db", 1);
        Assert.Contains("(2 heartbeats of 5)", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_so_where_the_database_is_another_one()
    {
        await BeatAsync("provisioning.db", 1);
        Assert.NotNull(await BeatAsync("empty.db", 0));
    }

    [Fact]
    public async Task Should_say_nothing_of_a_new_data_folder_or_one_that_is_as_it_was()
    {
        Assert.Null(await BeatAsync("provisioning.db", 0));
        Assert.Null(await BeatAsync("provisioning.db", 2));
        Assert.Null(await BeatAsync("provisioning.db", 0));
    }

    private async Task<string?> BeatAsync(string file, int beats)
    {
        await using var storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(_data, file), TimeProvider.System, None);
        var history = new DatabaseHistory(new HostSettings("", "", "", _data, ""), storage.Beats, NullLogger<DatabaseHistory>.Instance);
        await history.CheckAsync(None);
        for (var i = 0; i < beats; i++)
            await history.AdvanceAsync(None);
        return history.Problem;
    }
}
