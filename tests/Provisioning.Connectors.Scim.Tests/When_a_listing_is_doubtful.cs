using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Connectors.Scim.Tests;

public sealed partial class When_a_listing_is_doubtful
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Fact]
    public async Task Should_ask_for_the_next_page_though_a_full_one_reaches_the_total()
    {
        // It counts what it shows, page by page.
        await using var target = await StartAsync((start, count) => Page([.. Enumerable.Range(start, Math.Clamp(236 - start, 0, count))], total: null));
        await using var connector = target.Connect();
        Assert.Equal(235, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
    }

    [Fact]
    public async Task Should_not_take_a_page_that_comes_again_for_the_end()
    {
        await using var target = await StartAsync((_, count) => Page([.. Enumerable.Range(1, count)], total: null));
        await using var connector = target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
        Assert.Equal((FailureKind.Transient, "the listing repeats objects, so it may miss others"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(199)]
    public async Task Should_go_on_though_the_server_shows_less_than_it_is_asked_for_and_counts_what_it_shows(int users)
    {
        await using var target = await StartAsync((start, _) => Page([.. Enumerable.Range(start, Math.Clamp(users + 1 - start, 0, 50))], total: null));
        await using var connector = target.Connect();
        Assert.Equal(users, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
    }

    [Theory]
    [InlineData(50, 150, 4)]
    [InlineData(50, 149, 3)]
    [InlineData(100, 150, 2)]
    public async Task Should_ask_behind_the_total_only_after_a_page_as_long_as_those_before(int shown, int users, int requests)
    {
        await using var target = await StartAsync((start, _) => Page([.. Enumerable.Range(start, Math.Clamp(users + 1 - start, 0, shown))], users));
        await using var connector = target.Connect();
        Assert.Equal(users, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
        Assert.Equal(requests, target.Requests.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Should_take_what_comes_again_behind_a_short_page_for_the_end(int again)
    {
        // It does not page, or goes back to the last object when it is asked for one behind.
        await using var target = await StartAsync((start, _) => Page([.. Enumerable.Range(start == 1 ? 1 : 8 - again, start == 1 ? 7 : again)], 7));
        await using var connector = target.Connect();
        Assert.Equal(7, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
        Assert.Equal(2, target.Requests.Count);
    }

    [Fact]
    public async Task Should_find_a_user_on_a_later_page_of_a_search()
    {
        // It ignores the filter.
        await using var target = await FakeTarget.StartAsync((received, http) =>
        {
            var asked = Paging().Match(received.Path);
            var start = asked.Success ? Number(asked.Groups[1]) : 1;
            return FakeTarget.WriteAsync(http, 200, Page([.. Enumerable.Range(start, Math.Clamp(121 - start, 0, 50))], 120).ToJsonString());
        });
        await using var connector = target.Connect();
        var found = await connector.FindAsync(ResourceType.User, new MatchKey("m", "u120"), s_context, default);
        Assert.Equal("120", Assert.Single(found).Account.Id);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 2)]
    [InlineData(100, 2)]
    [InlineData(150, 1)]
    public async Task Should_ask_no_more_often_than_it_must(int users, int requests)
    {
        // Of a server that does not page at all everything comes at once.
        await using var target = await StartAsync((start, _) => Page([.. Enumerable.Range(1, start == 1 ? users : 0)], total: users));
        await using var connector = target.Connect();
        Assert.Equal(users, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
        Assert.Equal(requests, target.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task Should_take_a_refusal_of_the_page_behind_the_last_for_the_end(int status)
    {
        await using var target = await FakeTarget.StartAsync((received, http) => received.Path.Contains("startIndex=101&", StringComparison.Ordinal)
            ? FakeTarget.WriteAsync(http, status, """{"detail":"startIndex is out of range"}""")
            : FakeTarget.WriteAsync(http, 200, Page([.. Enumerable.Range(1, 100)], 100).ToJsonString()));
        await using var connector = target.Connect();
        Assert.Equal(100, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
    }

    [Fact]
    public async Task Should_notice_cursors_that_go_in_circles_without_objects()
    {
        await using var target = await FakeTarget.StartAsync((received, http) => FakeTarget.WriteAsync(
            http, 200, $$"""{"Resources":[],"nextCursor":"{{(received.Path.Contains("cursor=a", StringComparison.Ordinal) ? "b" : "a")}}"}"""));
        await using var connector = target.Connect(settings => settings.Switches = new() { Discovery = false, Paging = "cursor" });
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
        Assert.Equal("the listing names the same page twice", failure.Message);
    }

    private static Task<FakeTarget> StartAsync(Func<int, int, JsonObject> page) => FakeTarget.StartAsync((received, http) =>
    {
        var asked = Paging().Match(received.Path);
        return FakeTarget.WriteAsync(http, 200, page(Number(asked.Groups[1]), Number(asked.Groups[2])).ToJsonString());
    });

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static JsonObject Page(int[] ids, int? total) => new()
    {
        ["totalResults"] = total ?? ids.Length,
        ["itemsPerPage"] = ids.Length,
        ["Resources"] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { ["id"] = $"{id}", ["userName"] = $"u{id}" })]),
    };

    [GeneratedRegex("startIndex=([0-9]+)&count=([0-9]+)")]
    private static partial Regex Paging();
}
