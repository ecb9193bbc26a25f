namespace Provisioning.Connectors.Csv.Tests;

public sealed class When_a_host_dies
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_have_every_answered_change_after_the_restart(bool lines)
    {
        await using var file = new LargeFile(lines);
        var connector = await file.OpenBusyAsync();
        var id = await connector.CreateAsync("second");
        await connector.SetAsync(id, "title", "Chief");
        await connector.SetAsync("5", "title", null);
        await connector.DeleteAsync("7");
        await using var left = file.Crash();
        var restarted = left.Open();
        var names = await restarted.ListAsync();
        Assert.Equal(3001, names.Count);
        Assert.Equal(3001, names.Distinct().Count());
        Assert.Equal("Chief", (await restarted.FindAsync("second"))!.Attributes["title"]!.ToString());
        Assert.Null((await restarted.FindAsync("user5"))!.Attributes["title"]);
        Assert.Null(await restarted.FindAsync("user7"));
    }

    [Fact]
    public async Task Should_bring_the_file_up_to_date_after_the_restart_even_if_nobody_asks()
    {
        await using var file = new LargeFile();
        await (await file.OpenBusyAsync()).CreateAsync("second");
        await using var left = file.Crash();
        var written = new TaskCompletionSource();
        var restarted = left.Open();
        restarted.BeforeReplace = written.SetResult;
        left.Time.Advance(TimeSpan.FromSeconds(1));
        await written.Task;
        await restarted.DisposeAsync();
        Assert.Equal("second", left.Names().Last());
    }

    [Fact]
    public async Task While_the_file_is_replaced_Should_have_each_change_once()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await connector.CreateAsync("second");
        await connector.DeleteAsync("7");
        var journal = await File.ReadAllBytesAsync(file.JournalPath, TestContext.Current.CancellationToken);
        LargeFile? before = null;
        connector.BeforeReplace = () => before = file.Crash(journal);
        file.Time.Advance(TimeSpan.FromSeconds(9));
        await connector.FoldedAsync(file);
        await using var left = before!;
        await using var after = file.Crash(journal);
        foreach (var crashed in (LargeFile[])[left, after])
        {
            var names = await crashed.Open().ListAsync();
            Assert.Equal(3001, names.Count);
            Assert.Single(names, "second");
            Assert.DoesNotContain("user7", names);
        }
    }

    [Fact]
    public async Task While_the_file_is_written_Should_remove_the_half_file_after_the_restart()
    {
        await using var file = new LargeFile();
        var half = Path.Combine(file.Folder, $".{Path.GetFileName(file.FilePath)}.0a.tmp");
        await File.WriteAllTextAsync(half, "id,user", TestContext.Current.CancellationToken);
        await file.Open().CreateAsync("first");
        Assert.False(File.Exists(half));
        Assert.Equal("first", file.Names().Last());
    }

    [Theory]
    [InlineData("[{\"id\":\"9\",\"new\":{\"id\":\"9\",\"userN")]
    [InlineData("\0\0\0\0\0\0\0\0\n")]
    [InlineData("[{\"id\":\"9\",\"set\":7}]\n")]
    public async Task In_the_middle_of_a_journal_line_Should_go_on_without_that_line(string half)
    {
        await using var file = new LargeFile();
        await (await file.OpenBusyAsync()).CreateAsync("second");
        await using var left = file.Crash();
        await File.AppendAllTextAsync(left.JournalPath, half, TestContext.Current.CancellationToken);
        var restarted = left.Open();
        Assert.Equal(3002, (await restarted.ListAsync()).Count);
        await restarted.CreateAsync("third");
        await using var again = left.Crash();
        Assert.Equal(3003, (await again.Open().ListAsync()).Count);
    }

    [Theory]
    [InlineData("[{\"id\":\"9\",\"new\":{\"id\":\"9\",\"userN")]
    [InlineData("\0\0\0\0\0\0\0\0\n")]
    public async Task In_the_middle_of_a_journal_line_that_a_reader_saw_Should_keep_what_is_written_after_it(string half)
    {
        await using var file = new LargeFile();
        await (await file.OpenBusyAsync()).CreateAsync("second");
        await using var left = file.Crash();
        await File.AppendAllTextAsync(left.JournalPath, half, TestContext.Current.CancellationToken);
        var restarted = left.Open(new MovingClock());
        Assert.NotNull(await restarted.FindAsync("second"));
        await restarted.CreateAsync("third");
        await restarted.CreateAsync("fourth");
        Assert.Equal(0, restarted.Rewrites);
        await using var again = left.Crash();
        Assert.Equal(["first", "second", "third", "fourth"], (await again.Open().ListAsync()).Skip(3000));
    }

    [Fact]
    public async Task In_the_middle_of_the_only_journal_line_Should_take_it_off_even_if_nobody_writes()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await File.WriteAllTextAsync(file.JournalPath, "[{\"id\":\"9\"", TestContext.Current.CancellationToken);
        Assert.NotNull(await connector.FindAsync("first"));
        await connector.FoldedAsync(file);
        Assert.Equal(1, connector.Rewrites);
    }

    [Fact]
    public async Task When_an_older_line_of_the_journal_is_damaged_Should_hold_the_target_and_say_where()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await connector.CreateAsync("second");
        await connector.CreateAsync("third");
        await using var left = file.Crash();
        var lines = await File.ReadAllLinesAsync(left.JournalPath, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(left.JournalPath, [lines[0][..^9], lines[1]], TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => left.Open().CreateAsync("fourth"));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        Assert.Contains($"'{left.JournalPath}' is damaged on line 1", failure.Message, StringComparison.Ordinal);
    }
}
