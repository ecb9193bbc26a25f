using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Tests;

/// <summary>Names of attributes are the same in any case (RFC 7643, section 2.1): what a client spells otherwise counts as much.</summary>
public sealed class When_attributes_are_spelled_in_any_case : IAsyncLifetime
{
    private InboundRig _rig = null!;
    private HttpClient _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await InboundRig.StartAsync();
        _portal = _rig.Client();
    }

    public ValueTask DisposeAsync()
    {
        _portal.Dispose();
        return _rig.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"Active","value":false}""")]
    [InlineData("""{"op":"replace","path":"active","value":"False"}""")]
    [InlineData("""{"op":"replace","value":{"ACTIVE":false}}""")]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:Active","value":false}""")]
    public async Task Should_disable_a_leaver(string operation)
    {
        foreach (var stored in (string[])["""{"userName":"ada"}""", """{"userName":"bob","Active":true}"""])
        {
            var user = await CreateAsync(stored);
            await SendAsync("PATCH", user, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operation}}]}""");
            Assert.Equal("false", (await GetAsync(user))["active"]?.ToJsonString());
        }
    }

    [Theory]
    [InlineData("PUT", """{"userName":"ada","displayName":"Ada"}""")]
    [InlineData("PATCH", """{"Operations":[{"op":"remove","path":"active"}]}""")]
    [InlineData("PATCH", """{"Operations":[{"op":"replace","path":"active","value":null}]}""")]
    public async Task Should_not_bring_a_leaver_back_who_is_not_said_to_be_active(string method, string body)
    {
        var user = await CreateAsync("""{"userName":"ada","active":false}""");
        await SendAsync(method, user, body);
        Assert.Equal("false", (await GetAsync(user))["active"]?.ToJsonString());
    }

    [Fact]
    public async Task Should_give_a_group_the_members_that_it_is_sent()
    {
        var user = await CreateAsync("""{"USERNAME":"ada"}""");
        foreach (var members in (string[])[$$"""[{"Value":"{{user}}"}]""", $$"""{"value":"{{user}}"}""", $"\"{user}\"", $"[\"{user}\"]"])
        {
            var (status, made) = await SendAsync("POST", "/scim/v2/Groups", $$"""{"DisplayName":"crew {{members.Length}}","Members":{{members}}}""");
            Assert.Equal((HttpStatusCode.Created, user), (status, JsonNode.Parse(made)!["members"]![0]!["value"]!.ToString()));
        }
    }

    [Theory]
    [InlineData("""{"userName":"x","emails":[null]}""")]
    [InlineData("""{"userName":"x","displayName":{"a":1}}""")]
    [InlineData("""{"userName":["x"]}""")]
    public async Task Should_refuse_other_types_than_the_schema_says(string body)
    {
        var (status, answer) = await SendAsync("POST", "/scim/v2/Users", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalidValue"), (status, JsonNode.Parse(answer)!["scimType"]?.ToString()));
    }

    private async Task<string> CreateAsync(string body)
    {
        var (status, made) = await SendAsync("POST", "/scim/v2/Users", body);
        Assert.Equal(HttpStatusCode.Created, status);
        return JsonNode.Parse(made)!["id"]!.ToString();
    }

    private async Task<JsonObject> GetAsync(string user) => JsonNode.Parse(await _portal.GetStringAsync($"/scim/v2/Users/{user}"))!.AsObject();

    private Task<(HttpStatusCode Status, string Body)> SendAsync(string method, string user, string body) =>
        InboundRig.SendAsync(_portal, method, user.StartsWith('/') ? user : $"/scim/v2/Users/{user}", Encoding.UTF8.GetBytes(body));
}
