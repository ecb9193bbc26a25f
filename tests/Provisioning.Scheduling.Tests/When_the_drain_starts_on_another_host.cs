using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Testing;
using Quartz;

namespace Provisioning.Scheduling.Tests;

/// <summary>Of a drain that starts elsewhere in the cluster this host hears nothing: its trigger is gone, that is all.</summary>
public sealed class When_the_drain_starts_on_another_host : IConfigurationSource
{
    private static readonly TriggerKey Trigger = new("ldap", "drain");

    public ProvisioningConfiguration Current { get; } = new("r1", [], []);

    [Fact]
    public async Task Should_set_the_trigger_again_for_what_comes_after_it()
    {
        var stop = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var services = new ServiceCollection().AddScheduling(Path.Combine(TestFolder.Create(), "schedule.db"));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<ISchedulerFactory>();

        // It is never started: nothing fires here.
        var scheduler = await factory.GetScheduler(stop);
        using var tested = new DrainScheduler(factory, DispatchProxy.Create<ILedger, Empty>(), this, ScriptedHost.Listening(), time, NullLogger<DrainScheduler>.Instance);
        await tested.StartAsync(stop);
        tested.Wake("ldap");
        await UntilArmedAsync();

        await scheduler.UnscheduleJob(Trigger, stop);
        tested.Wake("ldap");
        await UntilArmedAsync();
        await tested.StopAsync(stop);
        await scheduler.Shutdown(false, stop);

        async Task UntilArmedAsync()
        {
            for (var i = 0; i < 400 && await scheduler.GetTrigger(Trigger, stop) is null; i++)
            {
                time.Advance(TimeSpan.FromSeconds(0.1));
                await Task.Delay(25, stop);
            }

            Assert.NotNull(await scheduler.GetTrigger(Trigger, stop));
        }
    }

    /// <summary>A ledger in which nothing is due.</summary>
    public class Empty : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Task.FromResult<DateTimeOffset?>(null);
    }
}
