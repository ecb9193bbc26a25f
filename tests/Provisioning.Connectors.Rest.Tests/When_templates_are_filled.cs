using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Rest.Tests;

public sealed class When_templates_are_filled : IAsyncDisposable
{
    private readonly ScriptedApi _server = new();

    [Theory]
    [InlineData("""{ "roles": ["{{role}}"] }""", "{}")]
    [InlineData("""{ "emails": [{ "value": "{{mail}}", "primary": true }] }""", "{}")]
    [InlineData("""{ "names": { "first": "{{first}}", "last": "{{last}}" } }""", "{}")]
    [InlineData("""{ "roles": ["{{role}}", "{{title}}"] }""", """{"roles":["Dr"]}""")]
    [InlineData("""{ "roles": [] }""", """{"roles":[]}""")]
    [InlineData("""{ "roles": ["staff"] }""", """{"roles":["staff"]}""")]
    [InlineData("""{ "roles": ["{{role ?? none}}"] }""", """{"roles":["none"]}""")]
    public async Task Should_leave_out_what_has_no_value(string template, string sent)
    {
        _server.Say = _ => new Answer(200, new JsonObject { ["id"] = "1" });
        await using var connector = _server.Open(settings => settings.Users.Create!.Body = JsonNode.Parse(template)!.AsObject());
        await ScriptedApi.CreateAsync(connector, new JsonObject { ["title"] = "Dr" });
        Assert.Equal(sent, Assert.Single(_server.Requests).Body);
    }

    [Fact]
    public async Task Should_empty_an_array_whose_value_goes_away()
    {
        _server.Say = _ => new Answer(204);
        await using var connector = _server.Open(settings => settings.Users.Update = new RestOperation
        {
            Method = "PATCH", Path = "users/{{$id}}", Body = new JsonObject { ["roles"] = new JsonArray("{{$changes.role}}") },
        });
        await connector.UpdateAsync("1", new AccountDelta([new("role", null, null)], []), ScriptedApi.Context, CancellationToken.None);
        Assert.Equal("""{"roles":[]}""", Assert.Single(_server.Requests).Body);
    }

    [Fact]
    public async Task Should_have_the_marker_in_every_update()
    {
        _server.Say = _ => new Answer(204);
        await using var connector = _server.Open(settings => settings.Users.Update = new RestOperation
        {
            Method = "PUT", Path = "users/{{$id}}", Body = new JsonObject { ["ref"] = "{{$marker}}", ["..."] = "{{$attributes}}" },
        });
        var delta = new AccountDelta([new("title", null, "Dr")], new JsonObject { ["title"] = "Dr" }) { OwnershipMarker = "ours" };
        await connector.UpdateAsync("1", delta, ScriptedApi.Context, CancellationToken.None);
        Assert.Equal("""{"ref":"ours","title":"Dr"}""", Assert.Single(_server.Requests).Body);
    }

    [Fact]
    public async Task Should_send_an_update_that_only_writes_the_marker_of_an_adopted_account()
    {
        _server.Say = _ => new Answer(204);
        await using var connector = _server.Open(settings => settings.Users.Update = new RestOperation
        {
            Method = "PATCH", Path = "users/{{$id}}", Body = new JsonObject { ["ref"] = "{{$marker}}", ["..."] = "{{$changes}}" },
        });
        await connector.UpdateAsync("1", new AccountDelta([], []) { Marker = "ours" }, ScriptedApi.Context, CancellationToken.None);
        Assert.Equal("""{"ref":"ours"}""", Assert.Single(_server.Requests).Body);
    }

    [Fact]
    public async Task Should_say_that_an_adopted_account_gets_no_marker()
    {
        var log = new List<string>();
        await using var connector = _server.Open(_ => { });
        var context = ScriptedApi.Context with { Log = log.Add };
        await connector.UpdateAsync("1", new AccountDelta([], []) { Marker = "ours" }, context, CancellationToken.None);
        Assert.Contains("'users.setMarker'", Assert.Single(log), StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Should_make_a_password_that_nobody_knows_and_nobody_is_told()
    {
        string? password = null;
        _server.Say = request =>
        {
            password = request.Json!["password"]!.ToString();
            return new Answer(400, new JsonObject { ["message"] = $"'{password}' is too long" });
        };
        await using var connector = _server.Open(settings => settings.Users.Create!.Body!["password"] = "{{$randomPassword}}");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => ScriptedApi.CreateAsync(connector, []));
        Assert.Equal(RandomPassword.UsualLength, password!.Length);
        Assert.Equal("HTTP 400: '***' is too long", failure.Message);
        var first = password;
        await Assert.ThrowsAsync<ConnectorException>(() => ScriptedApi.CreateAsync(connector, []));
        Assert.NotEqual(first, password);
    }

    [Theory]
    [InlineData("users/{{$id}}/{{$marker}}", "'users.delete' uses '$marker'")]
    [InlineData("users/{{userName}}", "'users.delete' uses the attribute 'userName'")]
    [InlineData("users/{{$id }}/{{ }}", "'users.delete' has a template that cannot be read")]
    public void Should_refuse_names_that_an_operation_does_not_have(string path, string said)
    {
        var failure = Assert.Throws<ConnectorException>(
            () => _server.Open(settings => settings.Users.Delete = new RestOperation { Method = "DELETE", Path = path }));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_headers_of_every_request_that_only_some_operations_can_fill()
    {
        var failure = Assert.Throws<ConnectorException>(
            () => _server.Open(settings => settings.Headers = new Dictionary<string, string> { ["X-Account"] = "{{$id}}" }));
        Assert.Contains("'headers.X-Account' uses '$id'", failure.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
