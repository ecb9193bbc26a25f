namespace Provisioning.Connectors.Scim.Tests;

public sealed class When_an_update_is_refused
{
    private const string OtherError = """{"title":"Not here","type":"about:blank"}""";

    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Theory]
    [InlineData(OtherError, "HTTP 400: Not here")]
    [InlineData("""{"weird":true}""", """HTTP 400: {"weird":true}""")]
    [InlineData("plain words", "HTTP 400: plain words")]
    [InlineData("", "HTTP 400")]
    public async Task Should_show_what_the_target_says(string body, string message)
    {
        await using var target = await FakeTarget.StartAsync(400, body, "application/problem+json");
        await using var connector = target.Connect();
        Assert.Equal(message, (await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync("1", new AccountDelta([new("nickName", null, "A")], []), s_context, default))).Message);
    }

    [Theory]
    [InlineData("nickName", null, "\"path\":\"nickName\",\"value\":\"\"")]
    [InlineData("emails", null, "\"path\":\"emails\",\"value\":[]")]
    [InlineData("name", "givenName", "\"path\":\"name.givenName\",\"value\":\"\"")]
    public async Task Should_take_values_away_as_targets_of_Entra_want_it(string attribute, string? part, string sent)
    {
        await using var target = await FakeTarget.StartAsync(204);
        await using var connector = target.Connect(settings => settings.Dialect = "entra");
        await connector.UpdateAsync("1", new AccountDelta([new(attribute, part, null)], []), s_context, default);
        Assert.Contains(sent, Assert.Single(target.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_enable_an_account_whose_attributes_are_refused()
    {
        await using var target = await FakeTarget.StartAsync((received, http) =>
            FakeTarget.WriteAsync(http, received.Body.Contains("nickName", StringComparison.Ordinal) ? 400 : 204));
        await using var connector = target.Connect();
        var delta = new AccountDelta([new("nickName", null, "A")], [], Enabled: true);
        Assert.Equal(FailureKind.Rejected, (await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync("1", delta, s_context, default))).Kind);
        Assert.Contains("\"active\"", target.Requests.Last().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("nickName", target.Requests.Last().Body, StringComparison.Ordinal);
    }
}
