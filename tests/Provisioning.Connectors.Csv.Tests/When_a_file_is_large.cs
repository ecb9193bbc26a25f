namespace Provisioning.Connectors.Csv.Tests;

public sealed class When_a_file_is_large
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_write_a_change_at_rest_to_the_file_before_the_answer(bool lines)
    {
        await using var file = new LargeFile(lines);
        var connector = file.Open();
        await connector.CreateAsync("new");
        Assert.Equal("new", file.Names().Last());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_not_write_the_whole_file_for_each_change(bool lines)
    {
        await using var file = new LargeFile(lines);
        var connector = await file.OpenBusyAsync();
        for (var i = 0; i < 200; i++)
            await connector.CreateAsync($"new{i}");
        Assert.Equal(1, connector.Rewrites);
        Assert.Equal(200, File.ReadAllLines(file.JournalPath).Length);
        Assert.NotNull(await connector.FindAsync("new199"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_show_all_changes_in_the_file_after_nine_times_as_long_as_writing_took(bool lines)
    {
        await using var file = new LargeFile(lines);
        var connector = await file.OpenBusyAsync();
        var id = await connector.CreateAsync("changed");
        await connector.SetAsync(id, "title", "Chief");
        await connector.DeleteAsync("7");
        Assert.DoesNotContain("changed", file.Names());
        file.Time.Advance(TimeSpan.FromSeconds(9));
        await connector.FoldedAsync(file);
        Assert.Equal("changed", file.Names().Last());
        Assert.Contains("Chief", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("user7", file.Names());
        Assert.Equal(0, new FileInfo(file.JournalPath).Length);
    }

    [Fact]
    public async Task Should_put_the_next_change_after_that_time_into_the_file_itself()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        file.Time.Advance(TimeSpan.FromSeconds(9));
        await connector.CreateAsync("second");
        Assert.Equal("second", file.Names().Last());
        Assert.Equal(2, connector.Rewrites);
    }

    [Fact]
    public async Task When_the_connector_closes_Should_leave_everything_in_the_file()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await connector.CreateAsync("last");
        await connector.DisposeAsync();
        Assert.Equal("last", file.Names().Last());
        Assert.Equal(0, new FileInfo(file.JournalPath).Length);
    }

    [Fact]
    public async Task When_the_file_cannot_be_written_later_Should_keep_the_changes_and_try_again()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await connector.CreateAsync("kept");
        var tried = new TaskCompletionSource();
        connector.BeforeReplace = () =>
        {
            tried.TrySetResult();
            throw new IOException("disk full");
        };
        file.Time.Advance(TimeSpan.FromSeconds(9));
        await tried.Task;
        connector.BeforeReplace = null;
        Assert.NotNull(await connector.FindAsync("kept"));
        await connector.FoldedAsync(file);
        Assert.Equal("kept", file.Names().Last());
    }

    [Fact]
    public async Task When_many_are_removed_Should_keep_the_order_of_the_others()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await Task.WhenAll(Enumerable.Range(0, 3000).Where(i => i % 10 != 3).Select(i => connector.DeleteAsync($"{i}")));
        await connector.SetAsync("13", "title", "Chief");
        await connector.DisposeAsync();
        Assert.Equal([.. Enumerable.Range(0, 300).Select(i => $"user{(10 * i) + 3}"), "first"], file.Names());
    }
}
