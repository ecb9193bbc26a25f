using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Storage;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>Hosts on one database, of which some have a change and others have not.</summary>
public abstract class SeveralHostsFixture : ReplanFixture
{
    protected const string Old = Names;
    protected const string New = Old + ", \"title\": \"user.title\"";

    private readonly List<ReplanRig> _hosts = [];

    /// <summary>So long without a word, and a host is taken for dead.</summary>
    protected static TimeSpan Dead { get; } = NodeStatus.Lifetime + TimeSpan.FromSeconds(1);

    public override async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected async Task<ReplanRig> HostAsync(string mapping)
    {
        var host = await StartedAsync(mapping);
        await LookAsync(host);
        return host;
    }

    private protected async Task<ReplanRig> StartedAsync(string mapping)
    {
        var host = new ReplanRig(Storage, Time, mapping);
        _hosts.Add(host);
        await host.BeatAsync();
        return host;
    }

    private protected static async Task LookAsync(params ReplanRig[] hosts)
    {
        foreach (var host in hosts)
            await host.Replanner.RunIfChangedAsync(None);
    }

    private protected async Task RegisterAsync(ReplanRig host, string id = "u0")
    {
        var user = People.Known(id, id, new JsonObject { ["userName"] = id, ["title"] = "clerk" }, Time.GetUtcNow());
        await host.Pipeline.SubmitAsync(user, WriteKind.Insert, new Occasion(Trigger.Inbound), None);
    }

    /// <summary>What the change decides about.</summary>
    protected async Task<string?> TitleAsync(string id = "u0") =>
        Assert.Single(await Storage.Ledger.AssignmentsOfAsync(ResourceType.User, id, None)).DesiredAttributes?["title"]?.ToString();
}
