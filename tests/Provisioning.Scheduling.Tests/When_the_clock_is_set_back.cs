using Provisioning.Scheduling;

namespace Provisioning.Scheduling.Tests;

public sealed class When_the_clock_is_set_back
{
    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(-15, 10, 0)]
    [InlineData(-3590, 10, 3600)]
    [InlineData(3610, 10, 0)]
    [InlineData(10, 41, 31)]
    public void Should_see_by_how_much_and_leave_what_a_time_server_does_alone(int wall, int steady, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), ClockWatch.SetBackBy(TimeSpan.FromSeconds(wall), TimeSpan.FromSeconds(steady)));
}
