using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>A sign-in or an import of a user who is known: what is left out is kept, what is null goes.</summary>
public sealed class When_a_known_user_is_described_again : IAsyncLifetime
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private InboundRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await InboundRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Should_not_rename_who_signs_in_with_the_name_in_another_case()
    {
        using var portal = _rig.Client();
        foreach (var name in (string[])["ada", "ADA"])
            await InboundRig.SendAsync(portal, "POST", "/api/sign-ins", Encoding.UTF8.GetBytes($$"""{"userName":"{{name}}","displayName":"{{name}}"}"""));
        var ada = await _rig.Storage.Users.FindUserByNameAsync("ada", CancellationToken.None);
        Assert.Equal(("ada", "ada", "ADA"), (ada!.UserName, People.Seen(ada).UserName, People.Seen(ada).Attributes["displayName"]!.ToString()));
    }

    [Theory]
    [InlineData("""{"title":"Dr"}""", """{"title":"Dr"}""")]
    [InlineData("""{"Title":null}""", """{"title":null}""")]
    [InlineData("""{"name":{"familyName":"King"}}""", """{"name":{"givenName":"Ada","familyName":"King"}}""")]
    [InlineData("""{"name":{"givenName":null}}""", """{"name":{"familyName":"Byron"}}""")]
    [InlineData("""{"name":{"givenName":null,"familyName":null}}""", """{"name":null}""")]
    [InlineData("""{"roles":[]}""", """{"roles":[]}""")]
    [InlineData("""{"roles":null}""", """{"roles":null}""")]
    [InlineData("{\"" + Enterprise + "\":{\"division\":\"East\"}}", "{\"" + Enterprise + "\":{\"department\":\"Sales\",\"manager\":{\"value\":\"u2\"},\"division\":\"East\"}}")]
    [InlineData("{\"" + Enterprise + "\":{\"manager\":null}}", "{\"" + Enterprise + "\":{\"department\":\"Sales\"}}")]
    public async Task Should_keep_what_is_left_out_and_take_away_what_is_null(string said, string expected)
    {
        using var portal = _rig.Client();
        using var resident = _rig.Client(_rig.ResidentToken);
        var first = "{\"userName\":\"NAME\",\"title\":\"Ms\",\"name\":{\"givenName\":\"Ada\",\"familyName\":\"Byron\"},\"roles\":[{\"value\":\"finance\"}],\""
            + Enterprise + "\":{\"department\":\"Sales\",\"manager\":{\"value\":\"u2\"}}}";
        foreach (var (name, client, path) in ((string, HttpClient, string)[])
            [("ada", portal, "/api/sign-ins"), ("bob", resident, "/api/admin/service-providers/portal/users")])
        {
            await InboundRig.SendAsync(client, "POST", path, Encoding.UTF8.GetBytes(first.Replace("NAME", name, StringComparison.Ordinal)));
            var (_, answer) = await InboundRig.SendAsync(client, "POST", path, Encoding.UTF8.GetBytes("{\"userName\":\"" + name + "\"," + said[1..]));
            var stored = People.Seen((await _rig.Storage.Users.FindUserByNameAsync(name, CancellationToken.None))!).Attributes;
            foreach (var (attribute, value) in JsonNode.Parse(expected)!.AsObject())
                Assert.True(JsonNode.DeepEquals(value, stored[attribute]), $"{attribute}: {stored.ToJsonString()}, {answer}");
        }
    }
}
