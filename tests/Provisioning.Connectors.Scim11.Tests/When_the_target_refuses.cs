using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Connectors.Scim11.Tests;

public sealed class When_the_target_refuses
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Theory]
    [InlineData(400, "attribute 'x' is unknown", FailureKind.Rejected)]
    [InlineData(401, "who", FailureKind.Unauthorized)]
    [InlineData(503, "later", FailureKind.Transient)]
    public async Task Should_read_the_errors_of_its_time(int status, string description, FailureKind kind)
    {
        await using var app = await AnswerAsync(status, new JsonObject
        {
            ["Errors"] = new JsonArray(
                new JsonObject { ["description"] = description, ["code"] = $"{status}" }, new JsonObject { ["description"] = "and more", ["code"] = "0" }),
        });
        await using var connector = Connect(app);
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(new NewAccount("m", new JsonObject { ["userName"] = "ada" }), s_context, default));
        Assert.Equal((kind, $"HTTP {status}: {description}; and more"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData(401, "the target refuses the credentials, or what they may do: HTTP 401")]
    [InlineData(404, "there is nothing at 'Users' (HTTP 404): correct baseUrl")]
    [InlineData(200, "what is at 'Users' is no SCIM listing: correct baseUrl")]
    public async Task Should_say_what_is_wrong(int status, string sentence)
    {
        await using var app = await AnswerAsync(status, []);
        await using var connector = Connect(app);
        Assert.Equal(sentence, await connector.TestAsync(s_context, default));
    }

    [Fact]
    public async Task Should_miss_the_groups()
    {
        await using var server = await StrictServer.StartAsync(new ServerRules { Groups = false });
        await using var connector = server.Connect();
        Assert.Equal("there is nothing at 'Groups' (HTTP 404: Not found): set groups to false if the target has none", await connector.TestAsync(s_context, default));
        await using var without = server.Connect(static settings => settings.Groups = false);
        Assert.Null(await without.TestAsync(s_context, default));
    }

    [Fact]
    public async Task Should_search_by_name_where_the_marker_is_not_searchable()
    {
        await using var server = await StrictServer.StartAsync(new ServerRules { SearchesByMarker = false });
        await using var connector = server.Connect();
        await connector.CreateAsync(new NewAccount("m", new JsonObject { ["userName"] = "ada" }), s_context, default);
        for (var i = 0; i < 2; i++)
        {
            var found = Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m", "ada"), s_context, default));
            Assert.Equal(AccountOwnership.Ours, found.Ownership);
        }

        Assert.Equal(3, server.Requests.Count(request => request is { Method: "GET", Path: "Users" }));
    }

    [Theory]
    [InlineData("""{"members":{"value":"1"}}""")]
    [InlineData("""{"members":[{"value":"1"},{"display":"Ada"}]}""")]
    [InlineData("""{"members":["1"]}""")]
    public async Task Should_not_leave_out_members_that_it_cannot_read(string group)
    {
        await using var app = await AnswerAsync(200, JsonNode.Parse(group)!.AsObject());
        await using var connector = Connect(app);
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListMembersAsync("g", s_context, default).CountAsync());
        Assert.Equal(FailureKind.Transient, failure.Kind);
    }

    [Fact]
    public async Task Should_find_what_the_target_shows_on_later_pages()
    {
        await using var app = await AnswerAsync(query =>
        {
            var start = int.TryParse(query["startIndex"], out var index) ? index : 1;
            var users = Enumerable.Range(start, Math.Clamp(121 - start, 0, 50)).Select(id => (JsonNode)new JsonObject { ["id"] = $"{id}", ["userName"] = $"u{id}" });
            return new JsonObject { ["totalResults"] = 120, ["Resources"] = new JsonArray([.. users]) };
        });
        await using var connector = Connect(app);
        Assert.Equal("120", Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m", "u120"), s_context, default)).Account.Id);
        Assert.Equal(120, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
    }

    [Fact]
    public async Task Should_go_on_though_the_target_counts_what_it_shows()
    {
        await using var app = await AnswerAsync(query =>
        {
            var start = int.Parse(query["startIndex"]!, null);
            var users = Enumerable.Range(start, Math.Clamp(121 - start, 0, 50)).Select(id => (JsonNode)new JsonObject { ["id"] = $"{id}" }).ToArray();
            return new JsonObject { ["totalResults"] = users.Length, ["Resources"] = new JsonArray(users) };
        });
        await using var connector = Connect(app);
        Assert.Equal(120, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
    }

    private static Scim11Connector Connect(WebApplication app)
    {
        IConnectorFactory factory = new Scim11ConnectorFactory();
        return (Scim11Connector)factory.Create(new Scim11Settings { BaseUrl = app.Urls.First() }, new ConnectorContext("t", ".", TimeProvider.System));
    }

    private static Task<WebApplication> AnswerAsync(int status, JsonObject body) => AnswerAsync(status, _ => body);

    private static Task<WebApplication> AnswerAsync(Func<IQueryCollection, JsonObject> body) => AnswerAsync(200, body);

    private static async Task<WebApplication> AnswerAsync(int status, Func<IQueryCollection, JsonObject> body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(body(http.Request.Query).ToJsonString());
        });
        await app.StartAsync();
        return app;
    }
}
