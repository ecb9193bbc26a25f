using Provisioning.Scheduling;

namespace Provisioning.Scheduling.Tests;

public sealed class When_many_wake_ups_are_pending
{
    private readonly WakeUps _wakeUps = new();

    [Fact]
    public void Should_set_one_trigger_until_the_drain_starts()
    {
        Assert.Equal(1, Add(10_000));
        _wakeUps.Arming("ldap");
        Assert.Equal(0, Add(10_000));
        _wakeUps.Started("ldap");
        Assert.Equal(1, Add(10_000));
    }

    [Fact]
    public void Should_set_it_again_if_no_drain_started_here_and_something_came_after_it()
    {
        Add(1);
        _wakeUps.Arming("ldap");
        Add(10_000);
        Assert.True(_wakeUps.Expired("ldap"));
        Assert.Equal(0, Add(10_000));
        _wakeUps.Arming("ldap");
        Assert.False(_wakeUps.Expired("ldap"));
        Assert.Equal(1, Add(10_000));
    }

    [Fact]
    public void Should_not_set_it_again_for_what_a_drain_here_has_seen()
    {
        Add(1);
        _wakeUps.Arming("ldap");
        Add(1);
        _wakeUps.Started("ldap");
        Assert.False(_wakeUps.Expired("ldap"));
    }

    private int Add(int times) => Enumerable.Range(0, times).Count(_ => _wakeUps.Add("ldap"));
}
