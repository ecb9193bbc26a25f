using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Tests;

/// <summary>New versions of a plugin one after the other, while callers use it without pause and its connector is made anew again and again.</summary>
public sealed class When_a_plugin_is_swapped_under_load : IDisposable
{
    private const int Swaps = 25;
    private const int Callers = 4;
    private const int CallsPerSwap = 40;

    private readonly string _root = Directory.CreateTempSubdirectory("swaps-").FullName;
    private readonly FakeTimeProvider _time = new();
    private int _done;
    private int _failed;
    private string? _failure;

    private string Plugin => Path.Combine(_root, "plugins", "null");

    [Fact]
    public async Task Should_fail_no_call_and_leave_none_of_the_old_versions_in_memory()
    {
        LayOut();
        await using var catalog = new PluginCatalog(Path.Combine(_root, "plugins"), Path.Combine(_root, "data"), PluginTrust.Anyone, NullLogger.Instance, _time);
        catalog.Refresh();
        var factories = new PluginFactories(catalog);
        var config = Path.Combine(_root, "config");
        var loader = new ConfigurationLoader(new SecretResolver(_root, config), factories);
        using var configuration = new ConfigurationFolder(config, loader, _time, NullLogger<ConfigurationFolder>.Instance);
        await using var pool = new ConnectorPool(factories, _root, _time, loader.ReadSettings);
        configuration.Changed += loaded => pool.Update(loaded);
        catalog.Changed += () => configuration.Refresh(force: true);
        configuration.LoadFirst();

        using var stop = new CancellationTokenSource();
        var provider = configuration.Current.FindIdentityProvider("target")!;
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(pool, provider, stop.Token))).ToList();
        callers.Add(Task.Run(() => RenewAsync(pool, provider, stop.Token)));
        catalog.Start();
        for (var swap = 1; swap <= Swaps; swap++)
        {
            WriteManifest(swap);
            catalog.Refresh();
            Assert.Equal($"1.0.{swap}", Assert.Single(catalog.Plugins).Version);
            await ReachAsync(_done + CallsPerSwap);

            // The polls that look after the old versions.
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        for (var i = 0; i < 50 && catalog.Draining + catalog.NotCollected > 1; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            GC.WaitForPendingFinalizers();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.True(_done >= Swaps * CallsPerSwap);
        Assert.Null(_failure);
        Assert.Equal((0, 0), (_failed, catalog.Draining));

        // The schema library keeps the very first type it is given, once and for all.
        Assert.InRange(catalog.NotCollected, 0, 1);
        Assert.InRange(Loaded(), 1, 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_done} calls, {Swaps} swaps, heap {GC.GetTotalMemory(forceFullCollection: true) / 1024} KiB");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Other tests load plugins at the same time.
    private int Loaded() => AssemblyLoadContext.All.Count(x => x.Assemblies.Any(y => y.Location.StartsWith(_root, StringComparison.Ordinal)));

    private async Task CallAsync(ConnectorPool pool, IdentityProvider provider, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var hold = pool.Acquire(provider);
                var context = new OperationContext("operation", 1, _time.GetUtcNow() + TimeSpan.FromMinutes(1), static _ => { });
                await ((ICreateAccounts)hold.Connector).CreateAsync(new NewAccount("m", []), context, CancellationToken.None);
                Interlocked.Increment(ref _done);
            }
            catch (ConnectorException exception)
            {
                _failure ??= exception.ToString();
                Interlocked.Increment(ref _failed);
            }
        }
    }

    // As when the target refuses the credentials: who comes next makes a new connector, also in the middle of a swap.
    private static async Task RenewAsync(ConnectorPool pool, IdentityProvider provider, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            pool.Renew(provider);
            await Task.Yield();
        }
    }

    private async Task ReachAsync(int calls)
    {
        while (_done < calls)
            await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    private void LayOut()
    {
        var fixture = typeof(When_a_plugin_is_swapped_under_load).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == "FixtureFolder").Value!;
        Directory.CreateDirectory(Plugin);
        File.Copy(Path.Combine(fixture, "Provisioning.Plugins.Tests.Fixture.dll"), Path.Combine(Plugin, "Provisioning.Plugins.Tests.Fixture.dll"));
        WriteManifest(0);
        Directory.CreateDirectory(Path.Combine(_root, "config", "identity-providers"));
        File.WriteAllText(
            Path.Combine(_root, "config", "identity-providers", "target.json"), """{ "name": "target", "connector": "null", "settings": { "behaviour": "" } }""");
    }

    private void WriteManifest(int version) => File.WriteAllText(
        Path.Combine(Plugin, "plugin.json"),
        $$"""{ "id": "null", "version": "1.0.{{version}}", "contract": "1.0", "entryAssembly": "Provisioning.Plugins.Tests.Fixture.dll", "connectors": ["null"] }""");
}
