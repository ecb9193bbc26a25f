using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Tests;

/// <summary>No caller that names no version is refused because another one was quicker.</summary>
public sealed class When_callers_write_one_user_at_once : IAsyncLifetime
{
    private const int Callers = 16;

    private InboundRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await InboundRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Should_let_all_sign_in()
    {
        using var client = _rig.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(x =>
            InboundRig.SendAsync(client, "POST", "/api/sign-ins", Encoding.UTF8.GetBytes($$"""{ "userName": "ada", "title": "t{{x}}" }"""))));
        Assert.All(answers, x => Assert.Equal(HttpStatusCode.OK, x.Status));
    }

    [Fact]
    public async Task Should_apply_the_patches_of_all()
    {
        using var client = _rig.Client();
        var created = await InboundRig.SendAsync(client, "POST", "/scim/v2/Users", """{ "userName": "ada" }"""u8.ToArray());
        var id = JsonNode.Parse(created.Body)!["id"]!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(x => InboundRig.SendAsync(
            client, "PATCH", $"/scim/v2/Users/{id}",
            Encoding.UTF8.GetBytes($$"""{ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [ { "op": "add", "path": "emails", "value": [ { "value": "a{{x}}@x.org" } ] } ] }"""))));
        Assert.All(answers, x => Assert.Equal(HttpStatusCode.OK, x.Status));
        Assert.Equal(Callers, JsonNode.Parse(await client.GetStringAsync($"/scim/v2/Users/{id}"))!["emails"]!.AsArray().Count);
    }
}
