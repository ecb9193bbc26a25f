using Microsoft.Extensions.DependencyInjection;
using Provisioning.Scheduling;
using Provisioning.Testing;

namespace Provisioning.Scheduling.Tests;

public sealed class When_many_wake_ups_come
{
    [Fact]
    public void Should_register_one_wake_up_for_the_pipeline()
    {
        var folder = TestFolder.Create();
        var services = new ServiceCollection().AddScheduling(Path.Combine(folder, "schedule.db"));
        Assert.Single(services, x => x.ServiceType == typeof(Core.Pipeline.IWakeUp));
        Assert.True(File.Exists(Path.Combine(folder, "schedule.db")));
    }
}
