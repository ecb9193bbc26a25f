using System.Text.Json.Nodes;
using Provisioning.FakeServers;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest.Tests;

/// <summary>What the settings can say, against a server whose answers a test writes.</summary>
public sealed class When_an_API_is_odd : IAsyncDisposable
{
    private readonly ScriptedApi _server = new();

    [Fact]
    public async Task Should_follow_links_of_headers_but_not_to_another_server()
    {
        _server.Say = request => request.Query("p") switch
        {
            null => new Answer(200, ScriptedApi.Objects("1", "2"), ("Link", "</v1/users?p=1>; rel=\"prev\", </v1/users?p=2>; rel=\"next\"")),
            "2" => new Answer(200, ScriptedApi.Objects("3"), ("Link", "<http://elsewhere.example/v1/users?p=3>; rel=next")),
            _ => new Answer(500),
        };
        await using var connector = _server.Open(settings => settings.Users.List = new RestOperation { Path = "users", NextLink = "header:Link" });
        var seen = new List<string>();
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await foreach (var account in connector.ListAsync(ResourceType.User, ScriptedApi.Context, CancellationToken.None))
                seen.Add(account.Id);
        });
        Assert.Equal(["1", "2", "3"], seen);
        Assert.Contains("'elsewhere.example'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Should_count_offsets_by_what_came()
    {
        // It gives two though three are asked for.
        _server.Say = request => new Answer(200, ScriptedApi.Objects([.. new[] { "1", "2", "3" }.Skip(int.Parse(request.Query("offset")!, null)).Take(2)]));
        await using var connector = _server.Open(settings =>
        {
            settings.PageSize = 3;
            settings.Users.List = new RestOperation { Path = "users?offset={{$offset}}&limit={{$limit}}" };
        });
        var ids = await connector.ListAsync(ResourceType.User, ScriptedApi.Context, CancellationToken.None).Select(account => account.Id).ToListAsync();
        Assert.Equal(["1", "2", "3"], ids);
        Assert.All(_server.Requests, request => Assert.Equal("3", request.Query("limit")));
    }

    [Fact]
    public async Task Should_notice_that_it_does_not_page_at_all()
    {
        _server.Say = _ => new Answer(200, ScriptedApi.Objects("1"));
        await using var connector = _server.Open(settings => settings.Users.List = new RestOperation { Path = "users?page={{$page}}" });
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            async () => await connector.ListAsync(ResourceType.User, ScriptedApi.Context, CancellationToken.None).CountAsync());
        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Should_see_a_failure_behind_a_status_of_success()
    {
        _server.Say = _ => new Answer(200, new JsonObject { ["ok"] = false, ["reason"] = "user exists" });
        await using var connector = _server.Open(settings =>
        {
            settings.MessagePath = "reason";
            settings.Answers =
            [
                new RestAnswerRule { Path = "reason", Contains = "exists", Meaning = RestMeaning.Conflict },
                new RestAnswerRule { Path = "ok", Equal = "false", Meaning = RestMeaning.Rejected },
            ];
        });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => ScriptedApi.CreateAsync(connector, []));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.Equal("HTTP 200: user exists", failure.Message);
    }

    [Fact]
    public async Task Should_look_for_the_id_that_an_answer_does_not_tell()
    {
        _server.Say = request => request.Method == "POST" ? new Answer(202) : new Answer(200, ScriptedApi.Objects("42"));
        await using var connector = _server.Open(settings => settings.Users.FindByMarker = new RestOperation { Path = "users?q={{$marker}}" });
        Assert.Equal("42", (await ScriptedApi.CreateAsync(connector, [])).Id);
    }

    [Fact]
    public async Task Should_call_a_creation_without_an_id_ambiguous()
    {
        _server.Say = _ => new Answer(202);
        await using var connector = _server.Open(_ => { });
        Assert.Equal(FailureKind.Ambiguous, (await Assert.ThrowsAsync<ConnectorException>(() => ScriptedApi.CreateAsync(connector, []))).Kind);
    }

    [Fact]
    public async Task Should_fill_documents_by_value_and_addresses_by_segment()
    {
        _server.Say = _ => new Answer(200, new JsonObject { ["id"] = "1" });
        await using var connector = _server.Open(settings => settings.Users.Create = new RestOperation
        {
            Method = "POST",
            Path = "tenants/{{tenant}}/users?note={{note}}",
            Body = JsonNode.Parse("""
                { "n": "{{age}}", "tags": "{{tags}}", "text": "age {{age}}: {{note}}", "none": "{{missing}}", "fallback": "{{missing ?? 7}}",
                  "word": "{{missing ?? none given}}", "deep": [ "{{urn:x:1.0:User.desk}}", "{{missing}}" ], "...": "{{extra}}" }
                """)!.AsObject(),
        });
        await ScriptedApi.CreateAsync(connector, JsonNode.Parse("""
            { "tenant": "a/b?c", "note": "\"},{\"admin\":true&x=1", "age": 36, "tags": ["x"], "extra": { "color": "red" }, "urn:x:1.0:User": { "desk": "d1" } }
            """)!.AsObject());
        var request = Assert.Single(_server.Requests);
        Assert.Equal("/v1/tenants/a%2Fb%3Fc/users", request.Path);
        Assert.Equal("\"},{\"admin\":true&x=1", request.Query("note"));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "n": 36, "tags": ["x"], "text": "age 36: \"},{\"admin\":true&x=1", "fallback": 7, "word": "none given", "deep": ["d1"], "color": "red" }
                """),
            request.Json), request.Body);
    }

    [Fact]
    public async Task Should_send_only_what_changed_and_null_for_what_goes()
    {
        _server.Say = _ => new Answer(204);
        await using var connector = _server.Open(settings => settings.Users.Update = new RestOperation
        {
            Method = "PATCH", Path = "users/{{$id}}", Body = new JsonObject { ["..."] = "{{$changes}}" },
        });
        var delta = new AccountDelta(
            [new("title", null, null), new("name", "givenName", "Ada")], new JsonObject { ["name"] = new JsonObject { ["givenName"] = "Ada" }, ["same"] = 1 });
        await connector.UpdateAsync("1", delta, ScriptedApi.Context, CancellationToken.None);
        Assert.Equal("""{"title":null,"name":{"givenName":"Ada"}}""", Assert.Single(_server.Requests).Body);
    }

    [Theory]
    [InlineData("bearer", "Authorization", "Bearer key-1")]
    [InlineData("basic", "Authorization", "Basic dXNlcjprZXktMQ==")]
    [InlineData("header", "X-Api-Key", "key-1")]
    public async Task Should_prove_who_it_is(string how, string header, string value)
    {
        _server.Say = _ => new Answer(401, new JsonObject { ["message"] = "key-1 may not" });
        await using var connector = _server.Open(settings => settings.Authentication = how switch
        {
            "bearer" => new AuthenticationSettings { BearerToken = new Secret("key-1") },
            "basic" => new AuthenticationSettings { UserName = "user", Password = new Secret("key-1") },
            _ => new AuthenticationSettings { HeaderName = "X-Api-Key", HeaderValue = new Secret("key-1") },
        });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => ScriptedApi.CreateAsync(connector, []));
        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.Equal("HTTP 401: *** may not", failure.Message);
        Assert.Equal(value, Assert.Single(_server.Requests).Headers[header]);
    }

    [Fact]
    public void Should_say_all_that_is_wrong_with_the_settings_at_once()
    {
        var failure = Assert.Throws<ConnectorException>(() => _server.Open(settings =>
        {
            settings.Users.Create = new RestOperation { Path = "http://other.example/users" };
            settings.Users.Delete = new RestOperation { Path = "users/{{$identifier}}" };
            settings.Users.List = new RestOperation { Path = "users", NextCursor = "next" };
        }));
        Assert.Contains("'users.create' must be relative", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'users.delete' uses '$identifier', which it does not have; it has $id, $operationId", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere to put '$cursor'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_keep_the_code_of_what_failed_after_a_creation(bool group)
    {
        _server.Say = request => request.Path.EndsWith("/more", StringComparison.Ordinal) ? new Answer(418) : new Answer(200, new JsonObject { ["id"] = "1" });
        await using var connector = _server.Open(settings =>
        {
            settings.Users.Disable = new RestOperation { Method = "POST", Path = "users/{{$id}}/more" };
            settings.Groups.Create = new RestOperation { Method = "POST", Path = "groups" };
            settings.Groups.AddMembers = new RestOperation { Method = "POST", Path = "groups/{{$id}}/{{$member}}/more" };
        });
        var account = new NewAccount("m", new JsonObject { ["name"] = "x" }, Enabled: false);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => group
            ? connector.CreateGroupAsync(account, ["2"], ScriptedApi.Context, CancellationToken.None)
            : connector.CreateAsync(account, ScriptedApi.Context, CancellationToken.None));
        Assert.Equal((FailureKind.Ambiguous, "418"), (failure.Kind, failure.TargetCode));
    }

    [Fact]
    public void Should_say_what_no_request_can_be_made_of()
    {
        var failure = Assert.Throws<ConnectorException>(() => _server.Open(settings =>
        {
            settings.Headers = new Dictionary<string, string> { ["X-Team"] = "caf\u00e9", ["X Name"] = "x" };
            settings.Users.Create = new RestOperation { Path = "users", Headers = new Dictionary<string, string> { ["X-Who"] = "{{title ?? \u00fc}}" } };
            settings.Users.Delete = new RestOperation { Method = "DELETE", Path = "users/{{$id}}", ContentType = "json" };
        }));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        Assert.Equal(
            [
                "the header 'X-Who' of 'users.create' has characters that no header takes",
                "'users.delete' has the contentType 'json', which is none",
                "the header 'X-Team' of 'headers' has characters that no header takes",
                "'headers' has the header 'X Name', whose name is none",
            ],
            failure.Message.Split("; "));
    }

    [Fact]
    public async Task Should_refuse_an_account_whose_value_fits_in_no_header()
    {
        await using var connector = _server.Open(settings => settings.Users.Create = new RestOperation
        {
            Method = "POST", Path = "users", Headers = new Dictionary<string, string> { ["X-Who"] = "{{title}}" },
        });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => ScriptedApi.CreateAsync(connector, new JsonObject { ["title"] = "Caf\u00e9" }));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Empty(_server.Requests);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
