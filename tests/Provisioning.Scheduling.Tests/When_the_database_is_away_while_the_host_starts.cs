using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Scheduling;
using Provisioning.Testing;
using Quartz;

namespace Provisioning.Scheduling.Tests;

/// <summary>The database server is restarted between two steps of a start. Neither the clock nor the drains end for that reason.</summary>
public sealed class When_the_database_is_away_while_the_host_starts : IConfigurationSource
{
    private static readonly TriggerKey Sweep = new("sweep");

    public ProvisioningConfiguration Current { get; } = new("r1", [], [new IdentityProvider { Name = "ldap", Connector = "c" }]);

    [Fact]
    public async Task Should_wait_for_it_before_anything_else_and_then_start_the_schedule()
    {
        var stop = TestContext.Current.CancellationToken;
        var services = new ServiceCollection().AddScheduling(Path.Combine(TestFolder.Create(), "schedule.db"));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<ISchedulerFactory>();
        var host = ScriptedHost.Listening();
        using var clock = new SchedulerHost(factory, DispatchProxy.Create<ILedger, Failing>(), host, TimeProvider.System, NullLogger<SchedulerHost>.Instance);
        using var drains = new DrainScheduler(factory, DispatchProxy.Create<ILedger, Failing>(), this, host, TimeProvider.System, NullLogger<DrainScheduler>.Instance);
        await clock.StartAsync(stop);
        await drains.StartAsync(stop);
        await clock.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(1), stop);
        var scheduler = await factory.GetScheduler(stop);
        Assert.Equal(SchedulerStatus.Running, scheduler.Status);
        Assert.False(drains.ExecuteTask!.IsCompleted);
        host.StopApplication();
        await drains.StopAsync(stop);
        await clock.StopAsync(stop);
        Assert.Equal(SchedulerStatus.Shutdown, scheduler.Status);
    }

    [Fact]
    public async Task Should_set_no_trigger_before_the_host_listens_nor_while_it_stops()
    {
        var stop = TestContext.Current.CancellationToken;
        var services = new ServiceCollection().AddScheduling(Path.Combine(TestFolder.Create(), "schedule.db"));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<ISchedulerFactory>();
        var scheduler = await factory.GetScheduler(stop);
        var host = new ScriptedHost();
        var ledger = DispatchProxy.Create<ILedger, Failing>();
        using var drains = new DrainScheduler(factory, ledger, this, host, TimeProvider.System, NullLogger<DrainScheduler>.Instance);
        await drains.StartAsync(stop);
        drains.Wake("ldap");
        Assert.Null(await scheduler.GetTrigger(Sweep, stop));
        host.Listen();
        await ((Failing)(object)ledger).AskedAgain.Task.WaitAsync(TimeSpan.FromMinutes(1), stop);
        for (var i = 0; i < 400 && await scheduler.GetTrigger(Sweep, stop) is null; i++)
            await Task.Delay(25, stop);
        Assert.NotNull(await scheduler.GetTrigger(Sweep, stop));

        // The sweep does not wait for targets: what asks them is a job of its own.
        await drains.ScheduleSweepAsync(stop);
        var late = await scheduler.GetTrigger(new TriggerKey("late-accounts"), stop);
        Assert.NotEqual(new JobKey("sweep"), late!.JobKey);

        host.StopApplication();
        await scheduler.Shutdown(false, stop);
        await drains.ArmAsync("ldap", DateTimeOffset.UnixEpoch, stop);
        await drains.StopAsync(stop);
    }

    [Fact]
    public async Task Should_not_take_for_a_fault_what_fails_because_the_host_stops()
    {
        var stop = TestContext.Current.CancellationToken;
        var services = new ServiceCollection().AddScheduling(Path.Combine(TestFolder.Create(), "schedule.db"));
        await using var provider = services.BuildServiceProvider();
        var ledger = DispatchProxy.Create<ILedger, Failing>();
        using var drains = new DrainScheduler(
            provider.GetRequiredService<ISchedulerFactory>(), ledger, this, ScriptedHost.Listening(), TimeProvider.System, NullLogger<DrainScheduler>.Instance);
        Task? stopping = null;
        ((Failing)(object)ledger).BeforeAnswer = () => stopping = drains.StopAsync(stop);
        await drains.StartAsync(stop);
        await Task.WhenAny(drains.ExecuteTask!).WaitAsync(TimeSpan.FromMinutes(1), stop);
        await stopping!;
        Assert.False(drains.ExecuteTask!.IsFaulted);
    }

    /// <summary>A ledger whose first answer is that its database is away.</summary>
    public class Failing : DispatchProxy
    {
        private int _calls;

        public TaskCompletionSource AskedAgain { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action BeforeAnswer { get; set; } = () => { };

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            BeforeAnswer();
            if (Interlocked.Increment(ref _calls) == 1)
                return Task.FromException<DateTimeOffset?>(new IOException("the database has not answered for 30 seconds"));
            AskedAgain.TrySetResult();
            return Task.FromResult<DateTimeOffset?>(null);
        }
    }
}
