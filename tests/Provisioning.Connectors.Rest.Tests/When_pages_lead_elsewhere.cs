using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Rest.Tests;

public sealed class When_pages_lead_elsewhere : IAsyncDisposable
{
    private readonly ScriptedApi _server = new();
    private readonly ScriptedApi _other = new();

    [Theory]
    [InlineData("next", "{0}//{1}/steal?page=2", true)]
    [InlineData("next", "//{1}/steal?page=2", false)]
    [InlineData("next", "/\\{1}/steal", true)]
    [InlineData("next", "http://{2}@{1}/steal", false)]
    [InlineData("header:Link", "{0}//{1}/steal?page=2", true)]
    [InlineData("header:Link", "//{1}/steal?page=2", false)]
    [InlineData("header:Link", "http://{1}/steal?page=2", false)]
    public async Task Should_never_carry_the_credentials_there(string nextLink, string form, bool isOurs)
    {
        var link = string.Format(null, form, _server.Url, new Uri(_other.Url).Authority, new Uri(_server.Url).Authority);
        _server.Say = request => request.Path.EndsWith("/users", StringComparison.Ordinal)
            ? new Answer(200, new JsonObject { ["data"] = ScriptedApi.Objects("1"), ["next"] = link }, ("Link", $"<{link}>; rel=\"next\""))
            : new Answer(200, new JsonObject { ["data"] = ScriptedApi.Objects("2") });
        await using var connector = _server.Open(settings =>
        {
            settings.Authentication = new() { BearerToken = new Secret("TARGETSECRET") };
            settings.Users.List = new RestOperation { Path = "users", Items = "data", NextLink = nextLink };
        });
        var listing = connector.ListAsync(ResourceType.User, ScriptedApi.Context, CancellationToken.None).CountAsync().AsTask();
        if (isOurs)
            Assert.Equal(2, await listing);
        else
            await Assert.ThrowsAsync<ConnectorException>(() => listing);
        Assert.Empty(_other.Requests);
    }

    [Fact]
    public async Task Should_notice_cursors_that_go_in_circles_without_objects()
    {
        _server.Say = request => new Answer(200, new JsonObject { ["data"] = new JsonArray(), ["next"] = request.Query("cursor") == "a" ? "b" : "a" });
        await using var connector = _server.Open(settings =>
            settings.Users.List = new RestOperation { Path = "users?cursor={{$cursor}}", Items = "data", NextCursor = "next" });
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            async () => await connector.ListAsync(ResourceType.User, ScriptedApi.Context, CancellationToken.None).CountAsync());
        Assert.Equal((FailureKind.Transient, "the listing names the same page twice"), (failure.Kind, failure.Message));
        Assert.InRange(_server.Requests.Count, 2, 4);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }
}
