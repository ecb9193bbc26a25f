using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>
/// Every write that an application can make, with everything in it that it would like to have: the attributes, the roles and the groups of another application's
/// user, the user's accounts, the user's name, or the knowledge that there is such a user.
/// </summary>
public sealed class When_an_application_reaches_for_the_users_of_another(When_an_application_reaches_for_the_users_of_another.Setting setting)
    : IClassFixture<When_an_application_reaches_for_the_users_of_another.Setting>
{
    private const string Loot = """
        "title": "Boss", "displayName": "Owned", "externalId": "stolen", "active": false, "roles": [ { "value": "finance" } ],
        "emails": [ { "value": "thief@example.com" } ], "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Board", "employeeNumber": "1" }
        """;

    public static TheoryData<string> Writes() => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Should_have_no_effect_and_tell_nothing(string write)
    {
        var victim = await setting.VictimAsync("v-" + write.Replace(' ', '-'));
        var before = await setting.StateOfAsync(victim);
        using var blog = setting.Host.Client("blog");
        var answers = await Attacks[write](blog, victim, setting);

        Assert.Equal(before, await setting.StateOfAsync(victim));
        foreach (var answer in answers)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode < 500, text);
            foreach (var secret in (string[])["Clerk", "personnel number", "staff", "fin", "of hr"])
                Assert.DoesNotContain(secret, text.Replace("finance", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", """{ "userName": "NAME", LOOT }""")]
    [InlineData("PATCH", """{ "Operations": [ { "op": "replace", "value": { "title": "Boss" } } ] }""")]
    [InlineData("DELETE", "")]
    public async Task Should_not_find_the_user_by_the_id(string method, string body)
    {
        var victim = await setting.VictimAsync("known-id-" + method);
        using var blog = setting.Host.Client("blog");
        var answer = await SendAsync(blog, method, $"/scim/v2/Users/{victim.Id}", Fill(body, victim));
        var unknown = await SendAsync(blog, method, $"/scim/v2/Users/{Guid.Empty}", Fill(body, victim));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.StatusCode, unknown.StatusCode));
        Assert.Equal(
            (await unknown.Content.ReadAsStringAsync()).Replace(Guid.Empty.ToString(), "ID", StringComparison.Ordinal),
            (await answer.Content.ReadAsStringAsync()).Replace(victim.Id, "ID", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_keep_no_name_from_others()
    {
        using var blog = setting.Host.Client("blog");
        using var hr = setting.Host.Client("hr");
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(blog, "POST", "/scim/v2/Users", """{ "userName": "squatted", "displayName": "Squatter", "externalId": "e-squatted" }""")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(blog, "POST", "/scim/v2/Groups", """{ "displayName": "squatters" }""")).StatusCode);
        var user = await SendAsync(hr, "POST", "/scim/v2/Users", """{ "userName": "squatted", "title": "Clerk", "externalId": "e-squatted" }""");
        Assert.Equal(HttpStatusCode.Created, user.StatusCode);
        Assert.DoesNotContain("Squatter", await user.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(hr, "POST", "/scim/v2/Groups", """{ "displayName": "squatters" }""")).StatusCode);
        await HostProcess.UntilAsync(async () => (await setting.AccountsAsync("staff")).Contains("squatted,Clerk", StringComparison.Ordinal));
        foreach (var filter in (string[])["userName eq \"squatted\"", "externalId eq \"e-squatted\"", "title eq \"Clerk\" and userName sw \"squat\""])
            Assert.Equal(1, JsonNode.Parse(await hr.GetStringAsync($"/scim/v2/Users?filter={Uri.EscapeDataString(filter)}"))!["totalResults"]!.GetValue<int>());
    }

    private static Dictionary<string, Func<HttpClient, Victim, Setting, Task<IReadOnlyList<HttpResponseMessage>>>> Attacks { get; } = new()
    {
        ["register"] = async (blog, victim, _) => [await SendAsync(blog, "POST", "/scim/v2/Users", Fill("""{ "userName": "NAME", LOOT }""", victim))],
        ["sign in"] = async (blog, victim, _) => [await SendAsync(blog, "POST", "/api/sign-ins", Fill("""{ "userName": "NAME", LOOT }""", victim))],
        ["sign in in another case"] = async (blog, victim, _) =>
            [await SendAsync(blog, "POST", "/api/sign-ins", Fill("""{ "userName": "NAME", LOOT }""", victim with { Name = victim.Name.ToUpperInvariant() }))],
        ["import"] = async (_, victim, setting) =>
        {
            using var admin = setting.Host.Client("resident");
            return [await SendAsync(admin, "POST", "/api/admin/service-providers/blog/users", Fill("""{ "userName": "NAME", LOOT }""", victim))];
        },
        ["register and replace"] = (blog, victim, _) => RegisteredAsync(blog, victim, "PUT", """{ "userName": "NAME", LOOT }"""),
        ["register and patch"] = (blog, victim, _) => RegisteredAsync(blog, victim, "PATCH", """{ "Operations": [ { "op": "add", "value": { LOOT } } ] }"""),
        ["register and rename"] = (blog, victim, _) => RegisteredAsync(blog, victim, "PATCH", """{ "Operations": [ { "op": "replace", "path": "userName", "value": "somebody else NAME" } ] }"""),
        ["register and disable"] = (blog, victim, _) => RegisteredAsync(blog, victim, "PATCH", """{ "Operations": [ { "op": "replace", "path": "active", "value": false } ] }"""),
        ["register and delete"] = (blog, victim, _) => RegisteredAsync(blog, victim, "DELETE", ""),
        ["group with the id"] = async (blog, victim, _) =>
            [await SendAsync(blog, "POST", "/scim/v2/Groups", Fill("""{ "displayName": "finance", "members": [ { "value": "ID" } ] }""", victim))],
        ["group with the registered user"] = async (blog, victim, _) =>
        {
            var user = await SendAsync(blog, "POST", "/scim/v2/Users", Fill("""{ "userName": "NAME" }""", victim));
            var id = JsonNode.Parse(await user.Content.ReadAsStringAsync())!["id"]!.ToString();
            var group = await SendAsync(blog, "POST", "/scim/v2/Groups", $$"""{ "displayName": "finance of {{victim.Name}}", "members": [ { "value": "{{id}}" } ] }""");
            Assert.Equal(HttpStatusCode.Created, group.StatusCode);
            var path = group.Headers.Location!.AbsolutePath;
            return
            [
                user, group, await SendAsync(blog, "PATCH", path, """{ "Operations": [ { "op": "replace", "path": "displayName", "value": "finance" } ] }"""),
                await blog.GetAsync($"/scim/v2/Users/{id}"), await blog.DeleteAsync(path),
            ];
        },
        ["group put"] = async (blog, victim, _) =>
        {
            var group = await SendAsync(blog, "POST", "/scim/v2/Groups", $$"""{ "displayName": "empty {{victim.Name}}" }""");
            var path = group.Headers.Location!.AbsolutePath;
            return
            [
                await SendAsync(blog, "PUT", path, Fill("""{ "displayName": "finance", "members": [ { "value": "ID" } ] }""", victim)),
                await SendAsync(blog, "PATCH", path, Fill("""{ "Operations": [ { "op": "add", "path": "members", "value": [ { "value": "ID" } ] } ] }""", victim)),
                await blog.GetAsync(path),
            ];
        },
        ["the group of another"] = async (blog, victim, setting) =>
        {
            var path = await setting.GroupOfAsync(victim);
            return
            [
                await blog.GetAsync(path),
                await SendAsync(blog, "PATCH", path, """{ "Operations": [ { "op": "replace", "path": "displayName", "value": "finance" } ] }"""),
                await SendAsync(blog, "PUT", path, """{ "displayName": "finance" }"""),
                await blog.DeleteAsync(path),
            ];
        },
        ["search"] = async (blog, victim, _) =>
        [
            await blog.GetAsync($"/scim/v2/Users?filter=userName eq \"{victim.Name}\""), await blog.GetAsync("/scim/v2/Users?filter=title eq \"Clerk\"".Replace("Clerk", "Cler", StringComparison.Ordinal)),
            await blog.GetAsync($"/scim/v2/Users?filter=externalId eq \"{victim.Name}\""), await blog.GetAsync($"/scim/v2/Users/{victim.Id}"), await blog.GetAsync("/scim/v2/Groups"),
        ],
    };

    private static async Task<IReadOnlyList<HttpResponseMessage>> RegisteredAsync(HttpClient blog, Victim victim, string method, string body)
    {
        var user = await SendAsync(blog, "POST", "/scim/v2/Users", Fill("""{ "userName": "NAME" }""", victim));
        Assert.Equal(HttpStatusCode.Created, user.StatusCode);
        var answer = await SendAsync(blog, method, user.Headers.Location!.AbsolutePath, Fill(body, victim));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return [user, answer, await blog.GetAsync(user.Headers.Location!.AbsolutePath)];
    }

    private static string Fill(string body, Victim victim) => body
        .Replace("NAME", victim.Name, StringComparison.Ordinal).Replace("\"ID\"", $"\"{victim.Id}\"", StringComparison.Ordinal).Replace("LOOT", Loot, StringComparison.Ordinal);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string body) => client.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), path) { Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/scim+json") });

    public sealed record Victim(string Id, string Name);

    public sealed class Setting : IAsyncLifetime
    {
        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var config = new ScratchConfig();
            foreach (var (name, more) in (ReadOnlySpan<(string, string)>)[("staff", ""), ("fin", """, "provisioningRoles": [ "finance" ] """), ("readers", "")])
                config.IdentityProvider(name, $$"""
                    { "name": "{{name}}", "connector": "csv", "settings": { "path": "accounts/{{name}}.csv" },
                      "mapping": { "userName": "user.userName", "title": "user.title", "displayName": "user.displayName" }{{more}} }
                    """);
            config.ServiceProvider("hr", """
                { "name": "hr", "credentials": [ { "bearerToken": "generated:hr" } ],
                  "outboundProvisioning": [ { "identityProvider": "staff" }, { "identityProvider": "fin" } ] }
                """);
            config.ServiceProvider("blog", """
                { "name": "blog", "credentials": [ { "bearerToken": "generated:blog" } ],
                  "outboundProvisioning": [ { "identityProvider": "readers", "jit": true } ] }
                """);
            Host = await new HostProcess(config.Root, config.Policies).StartAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        /// <summary>A user of hr with an account at staff and none at fin, in a group of hr.</summary>
        public async Task<Victim> VictimAsync(string name)
        {
            using var hr = Host.Client("hr");
            var answer = await SendAsync(hr, "POST", "/scim/v2/Users", $$"""{ "userName": "{{name}}", "title": "Clerk", "displayName": "{{name}} of hr", "externalId": "personnel number of {{name}}" }""");
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var id = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.ToString();
            Assert.Equal(HttpStatusCode.Created, (await SendAsync(hr, "POST", "/scim/v2/Groups", $$"""{ "displayName": "team of {{name}}", "members": [ { "value": "{{id}}" } ] }""")).StatusCode);

            // The target has the account before the outcome is recorded.
            await HostProcess.UntilAsync(async () => (await AccountsAsync("staff")).Contains($"{name},Clerk,{name} of hr", StringComparison.Ordinal)
                && (await Host.ListAsync($"assignments?resource={Uri.EscapeDataString(name)}")).All(x => x!["status"]!.ToString() == "done"));
            return new Victim(id, name);
        }

        public async Task<string> GroupOfAsync(Victim victim)
        {
            using var hr = Host.Client("hr");
            var found = JsonNode.Parse(await hr.GetStringAsync($"/scim/v2/Groups?filter=displayName eq \"team of {victim.Name}\""))!;
            return $"/scim/v2/Groups/{found["Resources"]![0]!["id"]}";
        }

        /// <summary>What hr sees of the user, what is desired of the user's accounts that hr's bindings grant, and what the targets have.</summary>
        internal async Task<string> StateOfAsync(Victim victim)
        {
            using var hr = Host.Client("hr");
            var seen = await hr.GetAsync($"/scim/v2/Users/{victim.Id}");
            var text = new StringBuilder().AppendLine(await seen.Content.ReadAsStringAsync()).AppendLine(seen.Headers.ETag?.ToString());
            text.AppendLine(await hr.GetStringAsync(await GroupOfAsync(victim)));
            using var admin = Host.Client("resident");
            foreach (var assignment in await Host.ListAsync($"assignments?resource={Uri.EscapeDataString(victim.Name)}"))
                if (assignment!["identityProvider"]!.ToString() != "readers")
                    text.AppendLine(await admin.GetStringAsync($"/api/admin/assignments/{assignment["id"]}"));
            foreach (var name in (string[])["staff", "fin"])
                text.AppendLine(string.Join('\n', (await AccountsAsync(name)).Split('\n').Where(x => x.Contains(victim.Name, StringComparison.OrdinalIgnoreCase))));
            return text.ToString();
        }

        internal async Task<string> AccountsAsync(string name)
        {
            var path = Path.Combine(Host.Data, "accounts", name + ".csv");
            return File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        }
    }
}
