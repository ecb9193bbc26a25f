using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Scim.Tests;

public sealed class When_somebody_else_writes_too
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, FailureKind.Conflict)]
    public async Task Should_begin_again_with_what_is_there_now(int writers, FailureKind? failure)
    {
        var version = 0;
        await using var target = await FakeTarget.StartAsync((request, http) =>
        {
            if (request.Method == "GET")
            {
                http.Response.Headers.ETag = $"W/\"{++version}\"";
                return FakeTarget.WriteAsync(http, 200, $$"""{"id":"1","userName":"ada","title":"v{{version}}"}""");
            }

            Assert.Equal($"W/\"{version}\"", http.Request.Headers.IfMatch);
            return version > writers
                ? FakeTarget.WriteAsync(http, 200, request.Body)
                : FakeTarget.WriteAsync(http, 412, """{"status":"412"}""");
        });
        await using var connector = target.Connect(static settings => settings.Switches = settings.Switches with { Update = "put" });
        var update = connector.UpdateAsync("1", new AccountDelta([new("nickName", null, "A")], []), s_context, default);
        if (failure is not null)
        {
            Assert.Equal(failure, (await Assert.ThrowsAsync<ConnectorException>(() => update)).Kind);
            return;
        }

        var account = await update;
        Assert.Equal(($"v{writers + 1}", "A"), (account!.Attributes["title"]!.ToString(), account.Attributes["nickName"]!.ToString()));
    }

    [Fact]
    public async Task Should_not_send_a_version_to_targets_that_know_none()
    {
        await using var target = await FakeTarget.StartAsync((request, http) =>
        {
            Assert.False(http.Request.Headers.ContainsKey("If-Match"));
            return FakeTarget.WriteAsync(http, 200, """{"id":"1"}""");
        });
        await using var connector = target.Connect(static settings => settings.Switches = settings.Switches with { Update = "put", Versions = false });
        Assert.NotNull(await connector.UpdateAsync("1", new AccountDelta([new("nickName", null, JsonValue.Create("A"))], []), s_context, default));
    }
}
