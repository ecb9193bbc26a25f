namespace Provisioning.Storage.Tests;

public abstract class When_two_replace_the_same_setting(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : When_two_replace_the_same_setting(Backend.SQLite);

    public sealed class On_PostgreSQL() : When_two_replace_the_same_setting(Backend.PostgreSQL);

    [Theory]
    [InlineData(null, "one", "two")]
    [InlineData("old", "one", "two")]
    [InlineData("old", null, "two")]
    [InlineData("old", "one", null)]
    public async Task Should_keep_what_the_first_of_them_set(string? read, string? first, string? second)
    {
        await Storage.Settings.SetAsync("k", read, None);
        Assert.True(await Storage.Settings.ReplaceAsync("k", read, first, None));
        Assert.False(await Storage.Settings.ReplaceAsync("k", read, second, None));
        Assert.Equal(first, await Storage.Settings.GetAsync("k", None));
    }

    [Fact]
    public async Task Should_remove_nothing_that_the_other_set_meanwhile()
    {
        await Storage.Settings.SetAsync("k", "set", None);
        Assert.False(await Storage.Settings.ReplaceAsync("k", null, null, None));
    }

    [Fact]
    public async Task Should_let_one_of_many_win()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(x => Storage.Settings.ReplaceAsync("k", null, $"{x}", None)));
        Assert.Single(won, x => x);
    }
}
