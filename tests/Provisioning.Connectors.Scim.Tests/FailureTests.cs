using System.Globalization;

namespace Provisioning.Connectors.Scim.Tests;

public sealed class FailureTests
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Theory]
    [InlineData(400, "", FailureKind.Rejected, FailureKind.Rejected)]
    [InlineData(400, "uniqueness", FailureKind.Conflict, FailureKind.Conflict)]
    [InlineData(500, "uniqueness", FailureKind.Conflict, FailureKind.Conflict)]
    [InlineData(401, "", FailureKind.Unauthorized, FailureKind.Unauthorized)]
    [InlineData(403, "", FailureKind.Rejected, FailureKind.Rejected)]
    [InlineData(404, "", FailureKind.Misconfigured, FailureKind.Misconfigured)]
    [InlineData(410, "", FailureKind.Misconfigured, FailureKind.Misconfigured)]
    [InlineData(408, "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData(409, "uniqueness", FailureKind.Conflict, FailureKind.Conflict)]
    [InlineData(412, "", FailureKind.Conflict, FailureKind.Conflict)]
    [InlineData(425, "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData(429, "", FailureKind.Throttled, FailureKind.Throttled)]
    [InlineData(500, "", FailureKind.Ambiguous, FailureKind.Transient)]
    [InlineData(502, "", FailureKind.Ambiguous, FailureKind.Transient)]
    [InlineData(503, "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData(504, "", FailureKind.Ambiguous, FailureKind.Transient)]
    [InlineData(302, "", FailureKind.Misconfigured, FailureKind.Misconfigured)]
    [InlineData(200, "", FailureKind.Ambiguous, null)]
    public async Task Should_map_statuses(int status, string type, FailureKind create, FailureKind? update)
    {
        await using var target = await FakeTarget.StartAsync(status, type.Length == 0 ? "" : $$"""{"scimType":"{{type}}","detail":"taken s3cret"}""");
        await using var connector = target.Connect();
        var failure = await CreateAsync(connector);
        Assert.Equal(create, failure.Kind);
        if (type.Length > 0)
            Assert.Equal($"HTTP {status} uniqueness: taken ***", failure.Message);
        if (update is not null)
            Assert.Equal(update, (await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync("1", true, s_context, default))).Kind);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7, 7)]
    [InlineData("Retry-After", "date", 50, 61)]
    [InlineData("X-RateLimit-Reset", "9", 9, 9)]
    [InlineData("RateLimit-Reset", "epoch", 50, 61)]
    public async Task Should_read_the_pause(string header, string value, int least, int most)
    {
        var then = TimeProvider.System.GetUtcNow().AddSeconds(60);
        value = value switch
        {
            "date" => then.ToString("r", CultureInfo.InvariantCulture),
            "epoch" => then.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => value,
        };
        await using var target = await FakeTarget.StartAsync(header == "Retry-After" ? 503 : 429, headers: (header, value));
        await using var connector = target.Connect();
        var failure = await CreateAsync(connector);
        Assert.Equal(FailureKind.Throttled, failure.Kind);
        Assert.InRange(failure.RetryAfter!.Value.TotalSeconds, least, most);
    }

    [Fact]
    public async Task When_the_connection_drops_after_sending_a_creation_is_ambiguous()
    {
        await using var target = await FakeTarget.StartAsync((_, http) =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        await using var connector = target.Connect();
        Assert.Equal(FailureKind.Ambiguous, (await CreateAsync(connector)).Kind);
        Assert.Single(target.Requests);
        Assert.Equal(FailureKind.Transient, (await Assert.ThrowsAsync<ConnectorException>(() => connector.DeleteAsync("1", s_context, default))).Kind);
    }

    [Fact]
    public async Task When_the_answer_is_late_a_creation_is_ambiguous_and_cancellation_passes()
    {
        await using var target = await FakeTarget.StartAsync((_, http) => Task.Delay(5000, http.RequestAborted));
        await using var connector = target.Connect(static settings => settings.Timeout = TimeSpan.FromMilliseconds(300));
        Assert.Equal(FailureKind.Ambiguous, (await CreateAsync(connector)).Kind);
        using var cancelled = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connector.CreateAsync(new NewAccount("m", []), s_context, cancelled.Token));
    }

    [Fact]
    public async Task Should_survive_HTML()
    {
        await using var target = await FakeTarget.StartAsync(500, "<html>oops</html>", "text/html");
        await using var connector = target.Connect();
        var failure = await CreateAsync(connector);
        Assert.Equal((FailureKind.Ambiguous, "HTTP 500"), (failure.Kind, failure.Message));
        Assert.Equal("HTTP 500", await connector.TestAsync(s_context, default));
    }

    private static Task<ConnectorException> CreateAsync(ScimConnector connector) =>
        Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(new NewAccount("m", []), s_context, default));
}
