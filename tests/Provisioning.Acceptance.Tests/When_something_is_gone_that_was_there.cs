using System.Net;

namespace Provisioning.Acceptance.Tests;

/// <summary>A folder that is not mounted, a file that somebody removed: nobody loses an account by it, and nothing is promised that cannot be kept.</summary>
public sealed class When_something_is_gone_that_was_there
{
    private const string Permit = """
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0"
            RuleCombiningAlgId="urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable"><Target/><Rule RuleId="r" Effect="Permit"/></Policy>
        """;

    private readonly ScratchConfig _config = new();

    [Fact]
    public async Task Should_keep_every_account_and_refuse_what_it_cannot_keep()
    {
        _config.Csv("office", """, "deprovision": { "action": "delete" }""");
        _config.Portal("""{ "identityProvider": "office", "blocking": true }""");
        var policy = _config.Policy("p", Permit);
        await using var host = await new HostProcess(_config.Root, _config.Policies).StartAsync();
        using var portal = host.Client("portal");
        Assert.Equal(HttpStatusCode.Created, (await portal.PostAsync("/scim/v2/Users", ScratchConfig.User("ada"))).StatusCode);
        await host.KillAsync();

        File.Delete(policy);
        await host.StartAsync();
        using var anybody = new HttpClient { BaseAddress = new Uri(host.Url) };
        using var resident = host.Client("resident");
        Assert.Contains("held policies before", await resident.GetStringAsync("/health/ready"), StringComparison.Ordinal);
        await host.WaitForOutputAsync("policies not applied");
        await HostProcess.UntilAsync(() => Task.FromResult(host.Output.Split("planned everybody again").Length == 3));
        Assert.Contains("problem: ", await host.DoneAsync("status"), StringComparison.Ordinal);
        Assert.Equal("done", Assert.Single(await host.ListAsync("assignments"))!["status"]!.ToString());
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(host.Data, "accounts", "office.csv"))).Length);

        // The database goes while the host runs.
        foreach (var file in Directory.GetFiles(host.Data, "provisioning.db*"))
            File.Delete(file);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.PostAsync("/scim/v2/Users", ScratchConfig.User("eve"))).StatusCode);
        await HostProcess.UntilAsync(async () => (await anybody.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        await host.WaitForOutputAsync("was removed or replaced while the host runs");
    }
}
