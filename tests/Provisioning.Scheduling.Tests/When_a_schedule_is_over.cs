using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Core.Configuration;
using Provisioning.Core.Reconciling;
using Provisioning.Scheduling;
using Provisioning.Testing;
using Quartz;

namespace Provisioning.Scheduling.Tests;

/// <summary>Its last time is past, as that of a year that is written into it.</summary>
public sealed class When_a_schedule_is_over : IConfigurationSource
{
    public ProvisioningConfiguration Current { get; } = new("r1", [], [Provider("over", "0 0 2 1 1 ? 2020"), Provider("nightly", "0 0 2 * * ?")]);

    [Fact]
    public async Task Should_keep_the_schedules_of_others_and_what_is_asked_for_by_hand()
    {
        var services = new ServiceCollection().AddScheduling(Path.Combine(TestFolder.Create(), "schedule.db"));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<ISchedulerFactory>();
        var scheduler = await factory.GetScheduler(TestContext.Current.CancellationToken);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var tested = new ReconciliationScheduler(factory, Store.That(asked), this, ScriptedHost.Listening(), TimeProvider.System, NullLogger<ReconciliationScheduler>.Instance);
        await tested.StartAsync(TestContext.Current.CancellationToken);

        // It is asked what is queued, and then schedules.
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        for (var i = 0; i < 400 && await scheduler.GetTrigger(new TriggerKey("nightly", ReconciliationScheduler.ScheduleGroup), TestContext.Current.CancellationToken) is null; i++)
            await Task.Delay(25, TestContext.Current.CancellationToken);
        await tested.StopAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await scheduler.GetTrigger(new TriggerKey("nightly", ReconciliationScheduler.ScheduleGroup), TestContext.Current.CancellationToken));
        Assert.Null(await scheduler.GetTrigger(new TriggerKey("over", ReconciliationScheduler.ScheduleGroup), TestContext.Current.CancellationToken));
        await scheduler.Shutdown(false, TestContext.Current.CancellationToken);
    }

    private static IdentityProvider Provider(string name, string schedule) =>
        new() { Name = name, Connector = "c", Reconciliation = new ReconciliationSettings { Schedule = schedule } };

    /// <summary>A store in which nothing is queued, and which says when it was asked.</summary>
    public class Store : DispatchProxy
    {
        private TaskCompletionSource? _asked;

        internal static IReconciliationStore That(TaskCompletionSource asked)
        {
            var store = Create<IReconciliationStore, Store>();
            ((Store)(object)store)._asked = asked;
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _asked!.TrySetResult();
            return Task.FromResult<IReadOnlyList<string>>([]);
        }
    }
}
