using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Tests;

/// <summary>What RFC 7644 and 9865 have beyond the daily requests.</summary>
public sealed class When_a_client_uses_all_of_SCIM : IAsyncLifetime
{
    private InboundRig _rig = null!;
    private HttpClient _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await InboundRig.StartAsync();
        _portal = _rig.Client();
        foreach (var (name, title) in ((string, string?)[])[("bob", "b"), ("Ada", "c"), ("cid", null), ("dan", "a"), ("eve", "B")])
            await CreatedAsync("Users", title is null ? $$"""{ "userName": "{{name}}" }""" : $$"""{ "userName": "{{name}}", "title": "{{title}}" }""");
    }

    public async ValueTask DisposeAsync()
    {
        _portal.Dispose();
        await _rig.DisposeAsync();
    }

    [Theory]
    [InlineData("sortBy=userName", "Ada,bob,cid,dan,eve")]
    [InlineData("sortBy=userName&sortOrder=descending", "eve,dan,cid,bob,Ada")]
    [InlineData("sortBy=title", "dan,bob,eve,Ada,cid")]
    [InlineData("sortBy=title&sortOrder=Descending", "cid,Ada,bob,eve,dan")]
    [InlineData("sortBy=title&startIndex=2&count=2", "bob,eve")]
    [InlineData("sortBy=title&filter=title pr", "dan,bob,eve,Ada")]
    [InlineData("filter=title eq \"b\"", "bob,eve")]
    [InlineData("startIndex=99999999999", "")]
    public async Task Should_list_in_the_order_that_is_asked_for(string query, string expected) =>
        Assert.Equal(expected, Names(await GetAsync($"Users?{query}")));

    [Theory]
    [InlineData("sortBy=a b", "invalidPath")]
    [InlineData("sortBy=userName&sortOrder=up", "invalidValue")]
    [InlineData("sortBy=userName&cursor=", "invalidValue")]
    [InlineData("cursor=nonsense", "invalidCursor")]
    [InlineData("cursor=bm9uc2Vuc2U=", "invalidCursor")]
    public async Task Should_refuse_what_is_no_order_and_no_cursor(string query, string type)
    {
        var answer = await _portal.GetAsync($"/scim/v2/Users?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, type), (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["scimType"]!.ToString()));
    }

    [Theory]
    [InlineData("", "Ada,bob,cid,dan,eve")]
    [InlineData("filter=title pr", "Ada,bob,dan,eve")]
    public async Task Should_go_from_page_to_page_by_cursor_while_users_come_and_go(string filter, string expected)
    {
        var (names, cursor) = (new List<string>(), "");
        do
        {
            var page = await GetAsync($"Users?{filter}&count=2&cursor={cursor}");
            Assert.Equal(expected.Split(',').Length, page["totalResults"]!.GetValue<int>());
            Assert.Null(page["startIndex"]);
            names.AddRange(Names(page).Split(',', StringSplitOptions.RemoveEmptyEntries));

            // Whoever comes before the cursor shifts nothing.
            if (cursor.Length == 0)
                await CreatedAsync("Users", """{ "userName": "AAA", "title": "new" }""");
            cursor = page["nextCursor"]?.ToString() ?? "";
        }
        while (cursor.Length > 0);
        Assert.Equal(expected, string.Join(',', names));
    }

    [Fact]
    public async Task Should_search_by_a_body_too()
    {
        var found = await PostAsync("Users/.search", """
            { "schemas": [ "urn:ietf:params:scim:api:messages:2.0:SearchRequest" ], "filter": "title pr", "sortBy": "title", "attributes": [ "userName" ], "startIndex": 2, "count": 2 }
            """);
        Assert.Equal((4, "bob,eve"), (found["totalResults"]!.GetValue<int>(), Names(found)));
        Assert.Null(found["Resources"]![0]!["title"]);
        await CreatedAsync("Groups", """{ "displayName": "team" }""");
        Assert.Equal(1, (await PostAsync("Groups/.search", """{ "filter": "displayName sw \"te\"" }"""))["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Should_find_users_by_their_groups()
    {
        var (ada, bob) = (await IdOfAsync("Ada"), await IdOfAsync("bob"));
        var team = (await CreatedAsync("Groups", $$"""{ "displayName": "team", "members": [ { "value": "{{bob}}" }, { "value": "{{ada}}" } ] }"""))["id"];
        await CreatedAsync("Groups", $$"""{ "displayName": "others", "members": [ { "value": "{{ada}}" } ] }""");
        foreach (var filter in (string[])[$"groups eq \"{team}\"", $"groups.value eq \"{team}\"", $"groups[value eq \"{team}\"]"])
            Assert.Equal("bob,Ada", Names(await GetAsync($"Users?filter={filter}")));
        Assert.Equal("Ada", Names(await GetAsync($"Users?filter=groups.value eq \"{team}\" and title eq \"c\"")));
        Assert.Equal("Ada", Names(await GetAsync("Users?filter=groups.display eq \"others\"")));
        Assert.Equal("Ada,bob", Names(await GetAsync("Users?filter=groups pr")));
        Assert.Equal("cid,dan,eve", Names(await GetAsync("Users?filter=not (groups pr)")));
        Assert.Equal("", Names(await GetAsync("Users?filter=groups eq \"nobody\"")));
    }

    [Fact]
    public async Task Should_answer_HEAD_and_say_where_a_resource_is_and_what_is_possible()
    {
        var path = $"/scim/v2/Users/{await IdOfAsync("Ada")}";
        var head = await _portal.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal((HttpStatusCode.OK, ""), (head.StatusCode, await head.Content.ReadAsStringAsync()));
        Assert.Equal(new Uri(_portal.BaseAddress!, path), (await _portal.GetAsync(path)).Content.Headers.ContentLocation);
        foreach (var (method, where, allow) in ((string, string, string)[])
            [("POST", path, "GET, HEAD, PUT, PATCH, DELETE"), ("DELETE", "/scim/v2/Users", "GET, HEAD, POST"), ("POST", "/scim/v2/Schemas", "GET, HEAD")])
        {
            var answer = await _portal.SendAsync(new HttpRequestMessage(new HttpMethod(method), where));
            Assert.Equal((HttpStatusCode.MethodNotAllowed, allow), (answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)));
        }

        Assert.Equal(HttpStatusCode.NotImplemented, (await _portal.GetAsync("/scim/v2/Me")).StatusCode);
    }

    [Theory]
    [InlineData("application/xml", null)]
    [InlineData("text/plain", null)]
    [InlineData("application/scim+json", "gzip")]
    public async Task Should_refuse_a_body_in_another_form(string type, string? encoding)
    {
        using var content = new StringContent("""{ "userName": "x" }""", Encoding.UTF8, type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _portal.PostAsync("/scim/v2/Users", content)).StatusCode);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"\"")]
    [InlineData("[ \"a\" ]")]
    public async Task Should_refuse_a_password_that_is_none(string password) => Assert.Equal(
        HttpStatusCode.BadRequest, (await _portal.PostAsync("/scim/v2/Users", Scim($$"""{ "userName": "bad", "password": {{password}} }"""))).StatusCode);

    [Fact]
    public async Task Should_not_send_all_members_to_whoever_changes_one()
    {
        var (ada, bob) = (await IdOfAsync("Ada"), await IdOfAsync("bob"));
        var group = (await CreatedAsync("Groups", $$"""{ "displayName": "team", "members": [ { "value": "{{ada}}" } ] }"""))["id"];
        var add = $$"""{ "Operations": [ { "op": "add", "path": "members", "value": [ { "value": "{{bob}}" } ] } ] }""";
        var answer = await _portal.PatchAsync($"/scim/v2/Groups/{group}", Scim(add));
        Assert.Equal((HttpStatusCode.NoContent, "W/\"2\""), (answer.StatusCode, answer.Headers.ETag?.ToString()));
        answer = await _portal.PatchAsync($"/scim/v2/Groups/{group}?attributes=displayName", Scim(add));
        Assert.Equal("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"ID","displayName":"team"}""",
            (await answer.Content.ReadAsStringAsync()).Replace(group!.ToString(), "ID", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_do_several_operations_at_once_whatever_their_order()
    {
        var ada = await IdOfAsync("Ada");
        var answer = await PostAsync("Bulk", $$"""
            { "schemas": [ "urn:ietf:params:scim:api:messages:2.0:BulkRequest" ], "Operations": [
              { "method": "POST", "path": "/Groups", "bulkId": "g", "data": { "displayName": "team", "members": [ { "value": "bulkId:u" }, { "value": "{{ada}}" } ] } },
              { "method": "POST", "path": "/Users", "bulkId": "u", "data": { "userName": "new" } },
              { "method": "PATCH", "path": "/Users/bulkId:u", "data": { "Operations": [ { "op": "add", "path": "title", "value": "x" } ] } },
              { "method": "PUT", "path": "/Users/{{ada}}", "version": "W/\"9\"", "data": { "userName": "Ada" } },
              { "method": "POST", "path": "/Users", "bulkId": "v", "data": { "userName": "new" } },
              { "method": "DELETE", "path": "/Users/{{await IdOfAsync("bob")}}" } ] }
            """);
        var operations = answer["Operations"]!.AsArray();
        Assert.Equal(["201", "201", "200", "412", "409", "204"], operations.Select(x => x!["status"]!.ToString()));
        Assert.Equal("uniqueness", operations[4]!["response"]!["scimType"]!.ToString());
        var group = JsonNode.Parse(await _portal.GetStringAsync(new Uri(operations[0]!["location"]!.ToString())))!;
        Assert.Equal(2, group["members"]!.AsArray().Count);
        Assert.Equal("x", JsonNode.Parse(await _portal.GetStringAsync(new Uri(operations[1]!["location"]!.ToString())))!["title"]!.ToString());
        Assert.Equal("", Names(await GetAsync("Users?filter=userName eq \"bob\"")));
    }

    [Fact]
    public async Task Should_stop_after_so_many_errors_and_refuse_circles_and_nonsense()
    {
        var stopped = await PostAsync("Bulk", """
            { "failOnErrors": 1, "Operations": [ { "method": "DELETE", "path": "/Users/nobody" }, { "method": "POST", "path": "/Users", "bulkId": "u", "data": { "userName": "late" } } ] }
            """);
        Assert.Equal(["404"], stopped["Operations"]!.AsArray().Select(x => x!["status"]!.ToString()));
        Assert.Equal("", Names(await GetAsync("Users?filter=userName eq \"late\"")));

        var circle = await PostAsync("Bulk", """
            { "Operations": [ { "method": "POST", "path": "/Groups", "bulkId": "a", "data": { "displayName": "a", "members": [ { "value": "bulkId:b" } ] } },
              { "method": "POST", "path": "/Groups", "bulkId": "b", "data": { "displayName": "b", "members": [ { "value": "bulkId:a" } ] } } ] }
            """);
        Assert.All(circle["Operations"]!.AsArray(), x => Assert.StartsWith("4", x!["status"]!.ToString(), StringComparison.Ordinal));

        foreach (var body in (string[])["{}", """{ "failOnErrors": 0, "Operations": [] }""", """
            { "Operations": [ { "method": "POST", "path": "/Users", "bulkId": "a", "data": { "userName": "a1" } }, { "method": "POST", "path": "/Users", "bulkId": "a", "data": { "userName": "a2" } } ] }
            """])
            Assert.Equal(HttpStatusCode.BadRequest, (await _portal.PostAsync("/scim/v2/Bulk", Scim(body))).StatusCode);

        // An operation that is none fails alone.
        foreach (var operation in (string[])
            [
                "5", """{ "method": "GET", "path": "/Users" }""", """{ "method": "POST", "path": "/Users", "data": {} }""", """{ "method": "PUT", "path": "/Users", "data": {} }""",
                """{ "method": "POST", "path": "/Other", "bulkId": "x", "data": {} }""", """{ "method": "PUT", "path": "/Users/x" }""",
            ])
            Assert.Equal("400", (await PostAsync("Bulk", $$"""{ "Operations": [ {{operation}} ] }"""))["Operations"]![0]!["status"]!.ToString());
        var many = string.Join(',', Enumerable.Repeat("""{ "method": "DELETE", "path": "/Users/x" }""", 1001));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _portal.PostAsync("/scim/v2/Bulk", Scim($$"""{ "Operations": [ {{many}} ] }"""))).StatusCode);
        Assert.Empty(_rig.Logged);
    }

    [Fact]
    public async Task Should_refer_to_nothing_that_was_not_made()
    {
        var answer = await PostAsync("Bulk", """
            { "Operations": [ { "method": "POST", "path": "/Users", "bulkId": "a", "data": { "userName": "Ada" } },
              { "method": "POST", "path": "/Users", "bulkId": "b", "data": { "userName": "boss",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "manager": { "value": "bulkId:a" } } } } ] }
            """);
        Assert.Equal(["409", "409"], answer["Operations"]!.AsArray().Select(x => x!["status"]!.ToString()));
        Assert.Equal("", Names(await GetAsync("Users?filter=userName eq \"boss\"")));

        // Also in the filter of a path.
        var ada = await IdOfAsync("Ada");
        answer = await PostAsync("Bulk", $$"""
            { "Operations": [ { "method": "POST", "path": "/Users", "bulkId": "u", "data": { "userName": "u" } },
              { "method": "POST", "path": "/Groups", "bulkId": "g", "data": { "displayName": "g", "members": [ { "value": "bulkId:u" }, { "value": "{{ada}}" } ] } },
              { "method": "PATCH", "path": "/Groups/bulkId:g", "data": { "Operations": [ { "op": "remove", "path": "members[value eq \"bulkId:u\"]" } ] } } ] }
            """);
        var group = JsonNode.Parse(await _portal.GetStringAsync(new Uri(answer["Operations"]![1]!["location"]!.ToString())))!;
        Assert.Equal(ada, Assert.Single(group["members"]!.AsArray())!["value"]!.ToString());
    }

    [Fact]
    public async Task Should_read_each_operation_once_however_many_wait()
    {
        var large = string.Join(',', Enumerable.Repeat("\"\"", 100_000));
        var waiting = string.Join(',', Enumerable.Range(0, 900).Select(i => $$"""{ "method": "DELETE", "path": "/Users/x{{i}}" }"""));
        var answer = await PostAsync("Bulk", $$"""
            { "Operations": [ { "method": "PUT", "path": "/Users/nobody", "data": { "a": [ {{large}} ], "b": "bulkId:last" } }, {{waiting}},
              { "method": "POST", "path": "/Users", "bulkId": "last", "data": { "userName": "last" } } ] }
            """);
        Assert.Equal(902, answer["Operations"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("Users/a/b", 404)]
    [InlineData("ServiceProviderConfig/x", 404)]
    [InlineData("Bulk", 405)]
    [InlineData("Users?cursor=eyJhZnRlciI6ImEiLCJhZnRlciI6ImIiLCJ0b3RhbCI6MX0", 400)]
    public async Task Should_say_what_is_not_there(string path, int status) => Assert.Equal(status, (int)(await _portal.GetAsync($"/scim/v2/{path}")).StatusCode);

    [Fact]
    public async Task Should_end_a_page_of_large_users_early_in_any_order()
    {
        var large = new string('x', 200_000);
        for (var i = 0; i < 20; i++)
            await CreatedAsync("Users", $$"""{ "userName": "large{{i:00}}", "nickName": "{{large}}" }""");
        var group = (await CreatedAsync("Groups", $$"""
            { "displayName": "large", "members": [ {{string.Join(", ", (await GetAsync("Users?filter=nickName pr&attributes=userName"))["Resources"]!.AsArray().Select(x => $$"""{ "value": "{{x!["id"]}}" }"""))}} ] }
            """))["id"];
        foreach (var query in (string[])["sortBy=nickName&sortOrder=descending", $"filter=groups.value eq \"{group}\"", $"filter=groups.value eq \"{group}\" and nickName pr", "cursor="])
            Assert.InRange((await GetAsync($"Users?{query}&count=100"))["itemsPerPage"]!.GetValue<int>(), 1, 16);
        Assert.Equal("large00", (await GetAsync("Users?filter=userName sw \"large\"&sortBy=groups.display&count=1&attributes=userName"))["Resources"]![0]!["userName"]!.ToString());
    }

    private static StringContent Scim(string body) => new(body, Encoding.UTF8, "application/scim+json");

    private static string Names(JsonNode list) => string.Join(',', list["Resources"]!.AsArray().Select(x => x!["userName"]!.ToString()));

    private async Task<string> IdOfAsync(string name) => (await GetAsync($"Users?filter=userName eq \"{name}\""))["Resources"]![0]!["id"]!.ToString();

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _portal.GetStringAsync($"/scim/v2/{path}"))!;

    private async Task<JsonNode> PostAsync(string path, string body)
    {
        var answer = await _portal.PostAsync($"/scim/v2/{path}", Scim(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> CreatedAsync(string path, string body)
    {
        var answer = await _portal.PostAsync($"/scim/v2/{path}", Scim(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }
}
