namespace Provisioning.Connectors.Csv.Tests;

public sealed class When_others_use_a_large_file
{
    [Fact]
    public async Task When_an_operator_edits_it_Should_keep_the_edit_and_the_changes_that_are_not_in_the_file_yet()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await connector.CreateAsync("second");
        await connector.SetAsync("5", "title", "Chief");
        await connector.SetAsync("6", "title", "Chief");
        var text = file.Text.Replace("\r\n5,user5,", "\r\n5,renamed,", StringComparison.Ordinal);
        var removed = text.IndexOf("\r\n6,user6,", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file.FilePath, text.Remove(removed, text.IndexOf('\n', removed + 2) - removed - 1), TestContext.Current.CancellationToken);
        Assert.Equal("Chief", (await connector.FindAsync("renamed"))!.Attributes["title"]!.ToString());
        Assert.Null(await connector.FindAsync("user6"));
        await connector.DisposeAsync();
        Assert.Contains("\r\n5,renamed,Chief", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("user6", file.Names());
        Assert.Equal("second", file.Names().Last());
    }

    [Fact]
    public async Task When_a_program_replaces_it_Should_take_the_new_file_with_the_changes_that_program_could_not_know()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await connector.CreateAsync("second");
        var other = Path.Combine(file.Folder, "export");
        await File.WriteAllTextAsync(other, "id,userName\r\na,imported\r\n", TestContext.Current.CancellationToken);
        File.Move(other, file.FilePath, overwrite: true);
        Assert.Equal(["imported", "second"], await connector.ListAsync());

        // The new file is small, and a small one has each change before the answer.
        await connector.CreateAsync("third");
        Assert.Equal(["imported", "second", "third"], file.Names());
    }

    [Fact]
    public async Task When_an_edit_breaks_it_Should_hold_the_target_and_lose_nothing()
    {
        await using var file = new LargeFile();
        var connector = await file.OpenBusyAsync();
        await connector.CreateAsync("second");
        var good = file.Text;
        await File.WriteAllTextAsync(file.FilePath, good + "1,twice,x\r\n", TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync("third"));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        await File.WriteAllTextAsync(file.FilePath, good, TestContext.Current.CancellationToken);
        await connector.CreateAsync("third");
        Assert.Equal(["first", "second", "third"], (await connector.ListAsync()).Skip(3000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_another_host_writes_between_two_looks_Should_have_its_change(bool lines)
    {
        await using var file = new LargeFile(lines);
        var connector = await file.OpenBusyAsync();
        Assert.NotNull(await connector.FindAsync("first"));
        connector.AfterLook = () =>
        {
            connector.AfterLook = null;
            File.WriteAllText(file.JournalPath, "[{\"id\":\"o\",\"new\":{\"id\":\"o\",\"userName\":\"other\"}}]\n");
        };
        Assert.NotNull(await connector.FindAsync("other"));
        await connector.CreateAsync("second");
        await connector.DisposeAsync();
        Assert.Equal(["first", "other", "second"], file.Names().Skip(3000));
    }

    [Fact]
    public async Task When_two_hosts_write_it_Should_have_the_changes_of_both()
    {
        await using var file = new LargeFile();
        var hosts = (IFileConnectorUnderTest[])[file.Open(TimeProvider.System), file.Open(TimeProvider.System)];
        await Task.WhenAll(hosts.SelectMany((host, number) => Enumerable.Range(0, 50).Select(i => host.CreateAsync($"of{number}-{i}"))));
        var expected = hosts.SelectMany((_, number) => Enumerable.Range(0, 50).Select(i => $"of{number}-{i}")).Order();
        Assert.Equal(expected, (await hosts[0].ListAsync()).Skip(3000).Order());
        Assert.Equal(expected, (await hosts[1].ListAsync()).Skip(3000).Order());
    }

    [Fact]
    public async Task When_two_hosts_create_the_same_person_Should_create_it_once()
    {
        await using var file = new LargeFile();
        // Hosts that wait for each other need a clock that goes on by itself.
        var (one, other) = (file.Open(TimeProvider.System), file.Open(TimeProvider.System));
        await one.CreateAsync("first");
        Assert.NotNull(await other.FindAsync("first"));
        await one.CreateAsync("second");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => other.CreateAsync("second"));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
    }
}
