using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

public sealed class When_the_sample_runs(When_the_sample_runs.Setting setting) : IClassFixture<When_the_sample_runs.Setting>
{
    private readonly HostProcess _host = setting.Host;

    [Fact]
    public async Task Should_answer_a_registration_after_its_blocking_binding()
    {
        using var portal = _host.Client("employee-portal");
        var answer = await portal.PostAsync("/scim/v2/Users", Scim(User("ada", "Engineering")));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("ada", await File.ReadAllTextAsync(Accounts("badge-office")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_provision_just_in_time_and_allow_the_sign_in()
    {
        using var portal = _host.Client("employee-portal");
        var answer = await portal.PostAsync("/api/sign-ins", Scim(User("grace", "Operations")));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True(body["allowed"]!.GetValue<bool>(), body.ToJsonString());
        Assert.DoesNotContain(body["assignments"]!.AsArray(), x => x!["identityProvider"]!.ToString() == "finance-ledger");
    }

    [Fact]
    public async Task Should_promote_nobody_whom_the_personnel_system_does_not()
    {
        // The host listens before it imports.
        using var personnel = _host.Client("hr");
        await HostProcess.UntilAsync(async () => (await personnel.GetStringAsync("/scim/v2/Users?filter=externalId%20eq%20%22E-1004%22"))
            .Contains("\"totalResults\":1", StringComparison.Ordinal));
        using var portal = _host.Client("employee-portal");
        var lucia = User("lucia.ferrari", "Engineering");
        lucia["roles"] = new JsonArray(new JsonObject { ["value"] = "finance" });
        var answer = JsonNode.Parse(await (await portal.PostAsync("/api/sign-ins", Scim(lucia))).Content.ReadAsStringAsync())!;
        Assert.Equal((false, "denied"), (answer["allowed"]!.GetValue<bool>(), answer["reason"]!.ToString()));

        // The file of an identity provider is made with its first account.
        foreach (var file in ((string[])["badge-office", "finance-ledger"]).Select(Accounts).Where(File.Exists))
            Assert.DoesNotContain("lucia", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_duplicate_user_with_a_SCIM_error()
    {
        using var portal = _host.Client("employee-portal");
        await portal.PostAsync("/scim/v2/Users", Scim(User("twin", "Sales")));
        var answer = await portal.PostAsync("/scim/v2/Users", Scim(User("TWIN", "Sales")));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("uniqueness", body["scimType"]!.ToString());
    }

    [Fact]
    public async Task Should_refuse_a_wrong_token()
    {
        using var portal = new HttpClient { BaseAddress = new Uri(_host.Url) };
        portal.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.GetAsync("/scim/v2/Users")).StatusCode);
        using var employee = _host.Client("employee-portal");
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.GetAsync("/api/admin/status")).StatusCode);
    }

    [Fact]
    public async Task Should_refuse_an_oversized_body()
    {
        using var portal = _host.Client("employee-portal");
        var answer = await portal.PostAsync("/scim/v2/Users", Scim(new JsonObject { ["userName"] = new string('x', 2_000_000) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Should_honour_versions()
    {
        using var portal = _host.Client("employee-portal");
        var created = await portal.PostAsync("/scim/v2/Users", Scim(User("edith", "Sales")));
        var id = JsonNode.Parse(await created.Content.ReadAsStringAsync())!["id"]!.ToString();
        using var stale = new HttpRequestMessage(HttpMethod.Put, $"/scim/v2/Users/{id}") { Content = Scim(User("edith", "Sales")) };
        stale.Headers.TryAddWithoutValidation("If-Match", "W/\"7\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await portal.SendAsync(stale)).StatusCode);
        var filtered = JsonNode.Parse(await portal.GetStringAsync("/scim/v2/Users?filter=userName%20eq%20%22EDITH%22"))!;
        Assert.Equal(1, filtered["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Should_refuse_a_second_host_on_the_same_data()
    {
        Assert.Equal(1, await _host.RunToEndAsync());
    }

    private static JsonObject User(string name, string department) => new()
    {
        ["userName"] = name,
        ["name"] = new JsonObject { ["givenName"] = name, ["familyName"] = "Test" },
        ["displayName"] = name,
        ["emails"] = new JsonArray(new JsonObject { ["value"] = $"{name}@example.com" }),
        ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] = new JsonObject { ["department"] = department },
    };

    private static StringContent Scim(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/scim+json");

    private string Accounts(string name) => Path.Combine(_host.Data, "accounts", name + ".csv");

    public sealed class Setting : IAsyncLifetime
    {
        internal HostProcess Host { get; } = new();

        public async ValueTask InitializeAsync() => await Host.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
