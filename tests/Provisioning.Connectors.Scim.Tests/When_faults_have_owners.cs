namespace Provisioning.Connectors.Scim.Tests;

/// <summary>Whose fault an answer is: one object's, or the target's as a whole.</summary>
public sealed class When_faults_have_owners
{
    private const string Listing = """{"totalResults":0,"Resources":[]}""";
    private const string ScimError = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"no"}""";
    private const string OtherError = """{"title":"Not here","type":"about:blank"}""";
    private const string Page = "<!DOCTYPE html><html><body>Sign in</body></html>";

    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    /// <summary>An answer about one object, while the collection answers as it should.</summary>
    public static TheoryData<int, string, string, FailureKind> OneObject => new()
    {
        { 403, ScimError, "create", FailureKind.Rejected },
        { 403, "", "update", FailureKind.Rejected },
        { 403, Page, "disable", FailureKind.Rejected },
        { 404, ScimError, "update", FailureKind.Gone },
        { 404, OtherError, "update", FailureKind.Gone },
        { 404, Page, "disable", FailureKind.Gone },
        { 404, "", "disable", FailureKind.Gone },
        { 410, "", "update", FailureKind.Gone },
        { 404, OtherError, "create", FailureKind.Rejected },
        { 405, "", "create", FailureKind.Rejected },
        { 400, ScimError, "update", FailureKind.Rejected },
        { 409, ScimError, "create", FailureKind.Conflict },
        { 413, "", "update", FailureKind.Rejected },
    };

    /// <summary>Every request is answered so.</summary>
    public static TheoryData<int, string, string, FailureKind> Everything => new()
    {
        { 401, ScimError, "create", FailureKind.Unauthorized },
        { 401, "", "find", FailureKind.Unauthorized },
        { 403, ScimError, "find", FailureKind.Unauthorized },
        { 403, ScimError, "list", FailureKind.Unauthorized },
        { 404, OtherError, "create", FailureKind.Misconfigured },
        { 404, "", "update", FailureKind.Misconfigured },
        { 404, Page, "disable", FailureKind.Misconfigured },
        { 404, Page, "delete", FailureKind.Misconfigured },
        { 404, "", "find", FailureKind.Misconfigured },
        { 404, "", "list", FailureKind.Misconfigured },
        { 405, "", "create", FailureKind.Misconfigured },
        { 301, "", "create", FailureKind.Misconfigured },
        { 302, Page, "delete", FailureKind.Misconfigured },
        { 200, Page, "find", FailureKind.Misconfigured },
        { 200, Page, "list", FailureKind.Misconfigured },
        { 200, Page, "update", FailureKind.Misconfigured },
        { 200, Page, "delete", FailureKind.Misconfigured },
        { 200, Page, "create", FailureKind.Ambiguous },
        { 200, """{"hello":"world"}""", "find", FailureKind.Misconfigured },
        { 200, """{"hello":"world"}""", "list", FailureKind.Misconfigured },
        { 200, """{"totalResults":1}""", "find", FailureKind.Transient },
        { 429, "", "find", FailureKind.Throttled },
        { 500, "", "update", FailureKind.Transient },
        { 500, "", "create", FailureKind.Ambiguous },
    };

    [Theory]
    [MemberData(nameof(OneObject))]
    public async Task Should_blame_the_object(int status, string body, string operation, FailureKind kind)
    {
        await using var target = await FakeTarget.StartAsync((received, http) => received is { Method: "GET", Path: "/scim/Users?startIndex=1&count=1" }
            ? FakeTarget.WriteAsync(http, 200, Listing)
            : FakeTarget.WriteAsync(http, status, body, body == Page ? "text/html" : "application/json"));
        await using var connector = target.Connect();
        Assert.Equal(kind, (await Assert.ThrowsAsync<ConnectorException>(() => RunAsync(connector, operation))).Kind);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Should_blame_the_target(int status, string body, string operation, FailureKind kind)
    {
        await using var target = await FakeTarget.StartAsync(status, body, body == Page ? "text/html" : "application/json");
        await using var connector = target.Connect();
        Assert.Equal(kind, (await Assert.ThrowsAsync<ConnectorException>(() => RunAsync(connector, operation))).Kind);
        // What holds the target has to be seen by the test of the connection, or the target would open again at once.
        if (kind is FailureKind.Unauthorized or FailureKind.Misconfigured)
            Assert.NotNull(await connector.TestAsync(s_context, default));
    }

    [Theory]
    [InlineData(OtherError, "HTTP 400: Not here")]
    [InlineData("""{"weird":true}""", """HTTP 400: {"weird":true}""")]
    [InlineData("plain words", "HTTP 400: plain words")]
    [InlineData("", "HTTP 400")]
    public async Task Should_show_what_the_target_says(string body, string message)
    {
        await using var target = await FakeTarget.StartAsync(400, body, "application/problem+json");
        await using var connector = target.Connect();
        Assert.Equal(message, (await Assert.ThrowsAsync<ConnectorException>(() => RunAsync(connector, "update"))).Message);
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

    private static Task RunAsync(ScimConnector connector, string operation) => operation switch
    {
        "create" => connector.CreateAsync(new NewAccount("m", []), s_context, default),
        "update" => connector.UpdateAsync("1", new AccountDelta([new("nickName", null, "A")], []), s_context, default),
        "disable" => connector.SetEnabledAsync("1", false, s_context, default),
        "delete" => connector.DeleteAsync("1", s_context, default),
        "find" => connector.FindAsync(ResourceType.User, new MatchKey("m", "ada"), s_context, default),
        _ => connector.ListAsync(ResourceType.User, s_context, default).CountAsync().AsTask(),
    };
}
