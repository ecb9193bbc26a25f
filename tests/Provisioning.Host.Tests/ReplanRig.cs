using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Host.Replanning;
using Provisioning.Plugins;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Tests;

/// <summary>A host that is put together and not started, on a configuration folder of its own and a database that others may share.</summary>
internal sealed class ReplanRig : IAsyncDisposable
{
    private const string TargetFile = "config/identity-providers/target.json";
    private const string Binding = """{ "identityProvider": "target" }""";

    private readonly string _root = Directory.CreateTempSubdirectory("replan-").FullName;
    private readonly ServiceProvider _services;
    private readonly ProvisioningStorage _storage;
    private readonly string _settings;
    private readonly string _binding;

    /// <param name="policy">A policy that the binding asks; none if it asks no rules.</param>
    /// <param name="settings">More of the identity provider's file: properties, each with a comma before it.</param>
    /// <param name="blocking">Whether callers wait.</param>
    public ReplanRig(ProvisioningStorage storage, FakeTimeProvider time, string mapping, string settings = "", string? policy = null, bool blocking = false)
    {
        _storage = storage;
        _settings = settings;
        _binding = blocking ? """{ "identityProvider": "target", "blocking": true }""" : policy is null ? Binding : """{ "identityProvider": "target", "rules": true }""";
        LayOut();
        if (policy is not null)
            Write("policies/policy.xml", policy);
        Map(mapping);
        Ledger = CountingLedger.Around(storage.Ledger);
        var services = new ServiceCollection().AddLogging(x => x.ClearProviders());
        services.AddProvisioning(new HostSettings(Path.Combine(_root, "config"), Path.Combine(_root, "policies"), Path.Combine(_root, "plugins"), Path.Combine(_root, "data"), ""), storage);
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddSingleton(Ledger.Ledger);
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<PluginCatalog>().Refresh();
        _services.GetRequiredService<ConfigurationFolder>().LoadFirst();
    }

    public CountingLedger Ledger { get; }

    /// <summary>What a minute later is done about those whose moment has come.</summary>
    public IDueDecisions Due => _services.GetRequiredService<IDueDecisions>();

    public Replanner Replanner => _services.GetRequiredService<Replanner>();

    /// <summary>Changes the configuration, and with it the revision.</summary>
    public void Configure(string mapping)
    {
        Map(mapping);
        _services.GetRequiredService<ConfigurationFolder>().Refresh();
    }

    /// <summary>Takes the binding away, so that everybody is to lose the account.</summary>
    public void Unbind()
    {
        Bind("");
        _services.GetRequiredService<ConfigurationFolder>().Refresh();
    }

    /// <summary>Takes the identity provider's file away, and plans without it.</summary>
    public async Task TakeAwayAsync()
    {
        File.Delete(Path.Combine(_root, TargetFile));
        Unbind();
        await AttachAsync();
    }

    /// <summary>Puts the file back; nobody is planned again yet.</summary>
    public async Task PutBackAsync(string mapping)
    {
        Bind(_binding);
        Configure(mapping);
        await AttachAsync();
    }

    public ProvisioningPipeline Pipeline => _services.GetRequiredService<ProvisioningPipeline>();

    /// <summary>Tells the other hosts what this one runs with, as the heartbeat does.</summary>
    public Task BeatAsync() => _storage.Nodes.BeatAsync(
        new Node(
            _services.GetRequiredService<NodeIdentity>().Name,
            DateTimeOffset.UnixEpoch,
            "1.0",
            _services.GetRequiredService<ConfigurationFolder>().Current.Revision,
            PolicyRevision.Short(_services.GetRequiredService<PolicyFolder>().Current.Revision)),
        CancellationToken.None);

    /// <summary>Ends in good order: the others need not wait until it is taken for dead.</summary>
    public Task LeaveAsync() => _storage.Nodes.LeaveAsync(_services.GetRequiredService<NodeIdentity>().Name, CancellationToken.None);

    public GroupPipeline Groups => _services.GetRequiredService<GroupPipeline>();

    public HeldPlans Held => _services.GetRequiredService<HeldPlans>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    // As the conductor does with every change of the configuration.
    private Task AttachAsync() => _storage.Ledger.AttachAsync(
        [.. _services.GetRequiredService<ConfigurationFolder>().Current.IdentityProviders.Select(x => x.Name)], _services.GetRequiredService<TimeProvider>().GetUtcNow(), CancellationToken.None);

    private void Map(string mapping) => Write(TargetFile, $$"""
        { "name": "target", "connector": "null", "settings": { "behaviour": "" }, "mapping": { {{mapping}} }{{_settings}} }
        """);

    private void LayOut()
    {
        Directory.CreateDirectory(Path.Combine(_root, "policies"));
        Directory.CreateDirectory(Path.Combine(_root, "data"));
        var fixture = typeof(ReplanRig).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == "FixtureFolder").Value!;
        Write("plugins/null/plugin.json", """
            { "id": "null", "version": "1.0.0", "contract": "1.0", "entryAssembly": "Provisioning.Plugins.Tests.Fixture.dll", "connectors": ["null"] }
            """);
        File.Copy(Path.Combine(fixture, "Provisioning.Plugins.Tests.Fixture.dll"), Path.Combine(_root, "plugins", "null", "Provisioning.Plugins.Tests.Fixture.dll"));
        Bind(_binding);
    }

    private void Bind(string binding) => Write("config/service-providers/portal.json", $$"""
        { "name": "portal", "outboundProvisioning": [ {{binding}} ] }
        """);

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
