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
    public async Task Should_say_so_while_the_host_runs()
    {
        var beats = new Beats();
        var history = History(beats);
        await history.CheckAsync(None);
        await AdvanceAsync(history, 5);
        Assert.Null(history.Problem);

        beats.Number = 2;
        await AdvanceAsync(history, 1);
        Assert.Contains("(2 heartbeats of 5)", history.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_go_on_saying_so_after_a_restart_and_when_the_database_has_counted_further()
    {
        var beats = new Beats { Number = 5 };
        await AdvanceAsync(History(beats), 1);
        beats.Number = 2;
        var history = History(beats);
        await history.CheckAsync(None);
        var problem = history.Problem;
        Assert.Contains("(2 heartbeats of 6)", problem, StringComparison.Ordinal);
        await AdvanceAsync(history, 1);
        Assert.Equal(problem, await AfterRestartAsync(beats));

        await AdvanceAsync(history, 10);
        Assert.Equal((problem, problem), (history.Problem, await AfterRestartAsync(beats)));
    }

    [Fact]
    public async Task Should_say_nothing_more_when_the_file_is_deleted_that_it_names()
    {
        await BeatAsync("provisioning.db", 3);
        await BeatAsync("empty.db", 1);
        var problem = await BeatAsync("empty.db", 1);
        File.Delete(Path.Combine(_data, "database.beats"));
        Assert.Contains($"delete '{Path.Combine(_data, "database.beats")}'", problem, StringComparison.Ordinal);
        Assert.Null(await BeatAsync("empty.db", 1));
        Assert.Null(await BeatAsync("empty.db", 1));
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
        var history = History(storage.Beats);
        await history.CheckAsync(None);
        await AdvanceAsync(history, beats);
        return history.Problem;
    }

    private async Task<string?> AfterRestartAsync(IBeatCounter beats)
    {
        var history = History(beats);
        await history.CheckAsync(None);
        return history.Problem;
    }

    private static async Task AdvanceAsync(DatabaseHistory history, int beats)
    {
        for (var i = 0; i < beats; i++)
            await history.AdvanceAsync(None);
    }

    private DatabaseHistory History(IBeatCounter beats) => new(new HostSettings("", "", "", _data, ""), beats, NullLogger<DatabaseHistory>.Instance);

    private sealed class Beats : IBeatCounter
    {
        public long Number { get; set; }

        public Task<long> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Number);

        public Task<long> AdvanceAsync(CancellationToken cancellationToken) => Task.FromResult(++Number);
    }
}
