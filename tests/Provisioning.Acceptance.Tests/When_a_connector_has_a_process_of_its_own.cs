using System.Diagnostics;
using System.Net;
using System.Text;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>The host with <c>"isolation": "process"</c>: the process of the connector is killed under it, and no user is lost.</summary>
public sealed class When_a_connector_has_a_process_of_its_own
{
    [Fact]
    public async Task Should_go_on_with_a_new_one_when_it_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds the child process in /proc");
        var config = TestFolder.Create();
        Directory.CreateDirectory(Path.Combine(config, "service-providers"));
        Directory.CreateDirectory(Path.Combine(config, "identity-providers"));
        await File.WriteAllTextAsync(
            Path.Combine(config, "service-providers", "portal.json"),
            """{ "name": "portal", "credentials": [ { "bearerToken": "generated:portal" } ], "outboundProvisioning": [ { "identityProvider": "files", "blocking": true } ] }""");
        await File.WriteAllTextAsync(
            Path.Combine(config, "identity-providers", "files.json"),
            """{ "name": "files", "connector": "csv", "isolation": "process", "settings": { "path": "accounts.csv" } }""");
        await using var host = new HostProcess(config);
        await host.StartAsync();
        using var portal = host.Client("portal");

        await CreateAsync(portal, "ada");
        var first = Assert.Single(Children(host));
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        await CreateAsync(portal, "grace");

        Assert.Single(Children(host));
        var rows = await File.ReadAllLinesAsync(Path.Combine(host.Data, "accounts.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(3, rows.Length);
    }

    private static async Task CreateAsync(HttpClient portal, string name)
    {
        using var user = new StringContent(
            $$"""{ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{{name}}" }""", Encoding.UTF8, "application/scim+json");
        Assert.Equal(HttpStatusCode.Created, (await portal.PostAsync("/scim/v2/Users", user)).StatusCode);
    }

    private static List<Process> Children(HostProcess host) =>
        [.. Process.GetProcesses().Where(x => CommandLine(x).Contains("connector-child", StringComparison.Ordinal) && Parent(x) == host.Id)];

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int Parent(Process process)
    {
        var line = File.ReadAllLines($"/proc/{process.Id}/status").First(x => x.StartsWith("PPid:", StringComparison.Ordinal));
        return int.Parse(line["PPid:".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
