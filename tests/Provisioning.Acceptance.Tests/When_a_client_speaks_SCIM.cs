using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

public sealed class When_a_client_speaks_SCIM(When_a_client_speaks_SCIM.Setting setting) : IClassFixture<When_a_client_speaks_SCIM.Setting>
{
    private const string Error = "urn:ietf:params:scim:api:messages:2.0:Error";

    [Theory]
    [InlineData("ServiceProviderConfig", "patch")]
    [InlineData("ResourceTypes", "Resources")]
    [InlineData("ResourceTypes/User", "schemaExtensions")]
    [InlineData("Schemas", "Resources")]
    [InlineData("Schemas/urn:ietf:params:scim:schemas:core:2.0:Group", "attributes")]
    public async Task Should_describe_itself(string path, string property) => Assert.NotNull((await GetAsync(path))[property]);

    [Theory]
    [InlineData("GET", "Users/nobody", null, 404)]
    [InlineData("GET", "Nothing", null, 404)]
    [InlineData("POST", "Schemas", "{}", 405)]
    [InlineData("PUT", "Users", "{}", 405)]
    [InlineData("POST", "Users", "{ \"userName\": ", 400)]
    [InlineData("POST", "Users", "[]", 400)]
    [InlineData("POST", "Users", "{ \"userName\": \"  \" }", 400)]
    [InlineData("POST", "Users", "{ \"userName\": \"x\", \"active\": \"maybe\" }", 400)]
    [InlineData("POST", "Users", "{ \"userName\": \"x\", \"userName\": \"y\" }", 400)]
    [InlineData("POST", "Groups", "{ \"displayName\": \"g\", \"members\": [ { \"value\": \"nobody\" } ] }", 400)]
    [InlineData("GET", "Users?filter=userName%20is%20%22x%22", null, 400)]
    [InlineData("GET", "Users?startIndex=first", null, 400)]
    public async Task Should_answer_what_cannot_be_with_a_SCIM_error(string method, string path, string? body, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/scim/v2/" + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/scim+json");
        var answer = await setting.Portal.SendAsync(request);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(Error, error["schemas"]![0]!.ToString());
        Assert.Equal($"{status}", error["status"]!.ToString());
        Assert.NotEmpty(error["detail"]!.ToString());
        Assert.Equal("application/scim+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Should_page_through_everybody()
    {
        foreach (var i in Enumerable.Range(1, 5))
            await PostAsync("Users", $$"""{ "userName": "paged{{i}}", "title": "pager" }""");
        var names = new List<string>();
        for (var start = 1; ; start += 2)
        {
            var page = await GetAsync($"Users?filter=title%20eq%20%22pager%22&startIndex={start}&count=2");
            Assert.Equal(5, page["totalResults"]!.GetValue<int>());
            if (page["itemsPerPage"]!.GetValue<int>() == 0)
                break;
            names.AddRange(page["Resources"]!.AsArray().Select(x => x!["userName"]!.ToString()));
        }

        Assert.Equal(["paged1", "paged2", "paged3", "paged4", "paged5"], names);
        var plain = await GetAsync("Users?count=2&startIndex=2");
        Assert.True(plain["totalResults"]!.GetValue<int>() >= 5);
        Assert.Equal(2, plain["Resources"]!.AsArray().Count);
        Assert.Empty((await GetAsync("Users?count=0"))["Resources"]!.AsArray());
    }

    [Fact]
    public async Task Should_show_what_is_asked_for()
    {
        var user = await PostAsync("Users", """{ "userName": "shown", "name": { "givenName": "S", "familyName": "H" }, "emails": [ { "value": "s@x.example", "type": "work" } ] }""");
        var only = await GetAsync($"Users/{user["id"]}?attributes=name.givenName,emails");
        Assert.Equal(["schemas", "id", "name", "emails"], only.AsObject().Select(x => x.Key));
        Assert.Equal("""{"givenName":"S"}""", only["name"]!.ToJsonString());
        var without = await GetAsync($"Users/{user["id"]}?excludedAttributes=emails.type,name");
        Assert.Null(without["name"]);
        Assert.Equal("""[{"value":"s@x.example"}]""", without["emails"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_work_with_versions()
    {
        var user = await PostAsync("Users", """{ "userName": "versioned", "title": "one" }""");
        var version = user["meta"]!["version"]!.ToString();
        using var known = new HttpRequestMessage(HttpMethod.Get, $"/scim/v2/Users/{user["id"]}");
        known.Headers.TryAddWithoutValidation("If-None-Match", version);
        Assert.Equal(HttpStatusCode.NotModified, (await setting.Portal.SendAsync(known)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(user, "title", "two", version)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PatchAsync(user, "title", "three", version)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(user, "title", "two", null)).StatusCode);
        Assert.Equal("two", (await GetAsync($"Users/{user["id"]}"))["title"]!.ToString());
    }

    [Fact]
    public async Task Should_keep_groups_and_show_them_at_their_members()
    {
        var user = await PostAsync("Users", """{ "userName": "member" }""");
        var group = await PostAsync("Groups", $$"""{ "displayName": "Crew", "members": [ { "value": "{{user["id"]}}" } ] }""");
        Assert.Equal("Crew", (await GetAsync($"Users/{user["id"]}"))["groups"]![0]!["display"]!.ToString());
        Assert.Equal(1, (await GetAsync("Groups?filter=displayName%20eq%20%22crew%22"))["totalResults"]!.GetValue<int>());
        Assert.Equal(1, (await GetAsync($"Groups?filter=members%20eq%20%22{user["id"]}%22"))["totalResults"]!.GetValue<int>());
        Assert.Null((await GetAsync($"Groups/{group["id"]}?excludedAttributes=members"))["members"]);
        await setting.Portal.DeleteAsync($"/scim/v2/Users/{user["id"]}");
        Assert.Empty((await GetAsync($"Groups/{group["id"]}"))["members"]!.AsArray());
        Assert.Equal(HttpStatusCode.NoContent, (await setting.Portal.DeleteAsync($"/scim/v2/Groups/{group["id"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await setting.Portal.GetAsync($"/scim/v2/Groups/{group["id"]}")).StatusCode);
    }

    [Fact]
    public async Task Should_hide_the_users_of_others()
    {
        var user = await PostAsync("Users", """{ "userName": "mine" }""");
        using var other = setting.Host.Client("other");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/scim/v2/Users/{user["id"]}")).StatusCode);
        Assert.Equal("0", JsonNode.Parse(await other.GetStringAsync("/scim/v2/Users"))!["totalResults"]!.ToString());
    }

    [Fact]
    public async Task Should_not_enable_at_a_sign_in_who_was_disabled()
    {
        await PostAsync("Users", """{ "userName": "leaver", "active": false }""");
        var answer = await setting.Portal.PostAsync("/api/sign-ins", ScratchConfig.User("leaver", "\"active\": true"));
        Assert.False(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["allowed"]!.GetValue<bool>());
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await setting.Portal.GetStringAsync("/scim/v2/" + path))!;

    private async Task<JsonNode> PostAsync(string path, string body)
    {
        var answer = await setting.Portal.PostAsync("/scim/v2/" + path, new StringContent(body, Encoding.UTF8, "application/scim+json"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<HttpResponseMessage> PatchAsync(JsonNode user, string attribute, string value, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/scim/v2/Users/{user["id"]}")
        {
            Content = new StringContent($$"""{ "Operations": [ { "op": "replace", "path": "{{attribute}}", "value": "{{value}}" } ] }""", Encoding.UTF8, "application/scim+json"),
        };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        return await setting.Portal.SendAsync(request);
    }

    public sealed class Setting : IAsyncLifetime
    {
        internal HostProcess Host { get; private set; } = null!;

        public HttpClient Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var config = new ScratchConfig();
            config.Portal();
            config.ServiceProvider("other", """{ "name": "other", "credentials": [ { "bearerToken": "generated:other" } ] }""");
            Host = await new HostProcess(config.Root, config.Policies).StartAsync();
            Portal = Host.Client("portal");
        }

        public async ValueTask DisposeAsync()
        {
            Portal.Dispose();
            await Host.DisposeAsync();
        }
    }
}
