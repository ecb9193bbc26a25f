using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>
/// A database and accounts that the last build without registrations made: ann is known to office and shop, bob has an account by a group of office, dan is inactive, and guest only
/// signed in. Nobody gains or loses an account by the upgrade, and everybody reads what was there.
/// </summary>
public sealed class When_a_database_is_of_the_build_before_registrations
{
    [Fact]
    public async Task Should_give_each_service_provider_its_registration_and_change_no_account()
    {
        var config = new ScratchConfig();
        foreach (var (name, more) in ((string, string)[])[("staff", ""), ("fin", """, "provisioningRoles": [ "finance", "payroll" ] """)])
            config.IdentityProvider(name, $$"""
                { "name": "{{name}}", "connector": "csv", "settings": { "path": "accounts/{{name}}.csv" }, "mapping": { "userName": "user.userName", "title": "user.title" }{{more}} }
                """);
        foreach (var name in (string[])["office", "shop"])
            config.ServiceProvider(name, $$"""
                { "name": "{{name}}", "credentials": [ { "bearerToken": "generated:{{name}}" } ],
                  "outboundProvisioning": [ { "identityProvider": "staff", "jit": true }, { "identityProvider": "fin" } ] }
                """);
        await using var host = new HostProcess(config.Root, config.Policies);
        Directory.CreateDirectory(Path.Combine(host.Data, "accounts"));
        await using (var packed = new GZipStream(File.OpenRead(Of("before-registrations.db.gz")), CompressionMode.Decompress))
        await using (var database = File.Create(Path.Combine(host.Data, "provisioning.db")))
            await packed.CopyToAsync(database);
        foreach (var name in (string[])["staff.csv", "fin.csv"])
            File.Copy(Of(name), Path.Combine(host.Data, "accounts", name));
        await host.StartAsync();

        // Everybody is planned again with the configuration, which is another one.
        config.Csv("other");
        await host.WaitForOutputAsync("other");
        await HostProcess.UntilAsync(async () => (await host.ListAsync("assignments")).All(x => x!["status"]!.ToString() == "done") && host.Output.Contains("planned everybody again", StringComparison.Ordinal));
        foreach (var name in (string[])["staff.csv", "fin.csv"])
            Assert.Equal(await File.ReadAllLinesAsync(Of(name)), await File.ReadAllLinesAsync(Path.Combine(host.Data, "accounts", name)));

        foreach (var (serviceProvider, expected) in ((string, string)[])[("office", "ann,bob,dan (inactive),guest"), ("shop", "ann,cid")])
        {
            using var client = host.Client(serviceProvider);
            var users = JsonNode.Parse(await client.GetStringAsync("/scim/v2/Users"))!["Resources"]!.AsArray();
            Assert.Equal(expected, string.Join(',', users.Select(x => x!["userName"] + (x["active"]!.GetValue<bool>() ? "" : " (inactive)"))));
            Assert.Equal("1", users.First(x => x!["userName"]!.ToString() == "ann")!["externalId"]!.ToString());
            Assert.Equal(1, JsonNode.Parse(await client.GetStringAsync("/scim/v2/Users?filter=emails.value eq \"ann@x\""))!["totalResults"]!.GetValue<int>());
        }

        using var office = host.Client("office");
        Assert.Equal("payroll", JsonNode.Parse(await office.GetStringAsync("/scim/v2/Groups"))!["Resources"]![0]!["displayName"]!.ToString());
        using var shop = host.Client("shop");
        Assert.Equal(0, JsonNode.Parse(await shop.GetStringAsync("/scim/v2/Groups"))!["totalResults"]!.GetValue<int>());
    }

    private static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Upgrades", name);
}
