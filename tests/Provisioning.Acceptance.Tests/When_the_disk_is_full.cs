using System.Net;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

public sealed class When_the_disk_is_full
{
    [Fact]
    public async Task Should_refuse_clearly_lose_nothing_and_go_on_when_there_is_room()
    {
        var config = new ScratchConfig();
        var accounts = Path.Combine(config.Root, "accounts.csv");
        config.IdentityProvider("files", $$"""
            { "name": "files", "connector": "csv", "settings": { "path": "{{accounts}}" }, "mapping": { "userName": "user.userName" },
              "retry": { "firstDelay": "PT0.2S", "maxDelay": "PT1S" } }
            """);
        config.Portal("""{ "identityProvider": "files" }""");
        await using var host = new HostProcess(config.Root, config.Policies);
        using var disk = SmallDisk.Mount(host.Data, 32);
        Assert.SkipWhen(disk is null, "a small file system cannot be mounted here (that takes root on Linux)");
        await host.StartAsync();
        using var portal = host.Client("portal");
        var stored = new List<string>();
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(portal, stored, "before"));

        disk.Fill();
        var refused = 0;
        for (var i = 0; refused < 20; i++)
        {
            Assert.True(i < 5000, "the disk does not fill");
            if (await CreateAsync(portal, stored, $"user{i}") != HttpStatusCode.Created)
                refused++;
        }

        disk.MakeRoom();
        await HostProcess.EventuallyAsync(async () => await CreateAsync(portal, stored, "after") == HttpStatusCode.Created ? JsonValue.Create(true) : null);
        await HostProcess.EventuallyAsync(() => Task.FromResult<JsonNode?>(Names(accounts).Count() >= stored.Count ? JsonValue.Create(true) : null));
        Assert.Equal(stored.Order(StringComparer.Ordinal), Names(accounts).Order(StringComparer.Ordinal));

        await host.KillAsync();
        await host.StartAsync();
        var users = JsonNode.Parse(await portal.GetStringAsync("/scim/v2/Users?count=1"))!;
        Assert.Equal(stored.Count, users["totalResults"]!.GetValue<int>());
    }

    private static async Task<HttpStatusCode> CreateAsync(HttpClient portal, List<string> stored, string name)
    {
        var answer = await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(name, $"\"title\": \"{new string('x', 2000)}\""));
        if (answer.StatusCode == HttpStatusCode.Created)
        {
            stored.Add(name);
            return answer.StatusCode;
        }

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("nothing was stored", text, StringComparison.Ordinal);
        return answer.StatusCode;
    }

    private static IEnumerable<string> Names(string file) => File.Exists(file) ? File.ReadLines(file).Skip(1).Select(x => x.Split(',').First(y => y.StartsWith("user", StringComparison.Ordinal) || y is "before" or "after")) : [];
}
