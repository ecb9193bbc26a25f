namespace Provisioning.Connectors.Csv.Tests;

public sealed class Group_commit_Tests
{
    [Fact]
    public async Task When_many_are_created_at_once_Should_rewrite_few_times()
    {
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open();
        await Task.WhenAll(Enumerable.Range(0, 1000)
            .Select(i => connector.CreateAsync(CsvFixture.User($"u{i}", $"m{i}"), CsvFixture.Context, default)));
        Assert.InRange(connector.File.Rewrites, 1, 100);
        Assert.Equal(1001, File.ReadAllLines(fixture.FilePath).Length);
    }

    [Fact]
    public async Task While_accounts_are_created_Should_never_show_half_a_file()
    {
        using var fixture = new CsvFixture("id,userName\r\n0,zero\r\n");
        await using var connector = fixture.Open();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
                await connector.CreateAsync(CsvFixture.User($"u{i}", $"m{i}"), CsvFixture.Context, default);
        });
        var rows = 0;
        while (!writing.IsCompleted)
        {
            var text = fixture.Text;
            Assert.EndsWith("\r\n", text);
            var now = text.Split("\r\n").Length;
            Assert.True(now >= rows);
            rows = now;
        }

        await writing;
    }

    [Fact]
    public async Task When_the_write_fails_Should_keep_the_old_file_and_forget_the_change()
    {
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open();
        await connector.CreateAsync(CsvFixture.User("a", "1"), CsvFixture.Context, default);
        var before = fixture.Text;
        connector.File.BeforeReplace = () => throw new IOException("disk full");
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(CsvFixture.User("b", "2"), CsvFixture.Context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(before, fixture.Text);
        Assert.Single(Directory.GetFiles(fixture.Folder));
        Assert.Empty(await connector.FindAsync(ResourceType.User, new MatchKey("2", "b"), CsvFixture.Context, default));
        connector.File.BeforeReplace = null;
        await connector.CreateAsync(CsvFixture.User("b", "2"), CsvFixture.Context, default);
    }

    [Fact]
    public async Task When_one_account_cannot_be_written_Should_fail_it_alone()
    {
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open();
        var calls = ((string[])["a", "b\ud800", "c"])
            .Select(name => connector.CreateAsync(CsvFixture.User(name, "m" + name[0]), CsvFixture.Context, default)).ToList();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => calls[1]);
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        await Task.WhenAll(calls[0], calls[2]);
        Assert.Equal(3, File.ReadAllLines(fixture.FilePath).Length);
    }

    [Fact]
    public async Task When_the_file_changes_during_the_write_Should_not_overwrite_the_change()
    {
        using var fixture = new CsvFixture("id,userName\r\n1,a\r\n");
        await using var connector = fixture.Open();
        connector.File.BeforeReplace = () => File.AppendAllText(fixture.FilePath, "2,b\r\n");
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(CsvFixture.User("c", "3"), CsvFixture.Context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.EndsWith("2,b\r\n", fixture.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_file_changed_underneath_Should_see_and_keep_the_change()
    {
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open();
        await connector.CreateAsync(CsvFixture.User("a", "1"), CsvFixture.Context, default);
        File.AppendAllText(fixture.FilePath, "hand,,true,by-hand\r\n");
        var found = await connector.FindAsync(ResourceType.User, new MatchKey("9", "BY-HAND"), CsvFixture.Context, default);
        Assert.Equal(AccountOwnership.Unowned, Assert.Single(found).Ownership);
        await connector.CreateAsync(CsvFixture.User("b", "2"), CsvFixture.Context, default);
        Assert.Contains("hand,,true,by-hand\r\n", fixture.Text, StringComparison.Ordinal);
    }
}
