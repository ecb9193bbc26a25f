namespace Provisioning.Storage.Tests;

public abstract class NamedLeaseTests(Backend backend) : Fixture(backend)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public sealed class On_SQLite() : NamedLeaseTests(Backend.SQLite)
    {
        [Fact]
        public async Task When_it_is_over_or_the_host_starts_again_Should_be_free()
        {
            await Storage.Leases.TryTakeAsync("replan", "a", Minute, None);
            Time.Advance(Minute);
            Assert.True(await Storage.Leases.TryTakeAsync("replan", "b", Minute, None));
            await Storage.DisposeAsync();
            await using var again = await OpenAsync();
            Assert.True(await again.Leases.TryTakeAsync("replan", "c", Minute, None));
        }
    }

    public sealed class On_PostgreSQL() : NamedLeaseTests(Backend.PostgreSQL)
    {
        [Fact]
        public async Task When_it_is_over_Should_be_free()
        {
            await Storage.Leases.TryTakeAsync("replan", "a", TimeSpan.Zero, None);
            Assert.True(await Storage.Leases.TryTakeAsync("replan", "b", Minute, None));
        }
    }

    [Fact]
    public async Task When_somebody_has_it_Should_be_nobody_elses_until_it_is_released()
    {
        Assert.True(await Storage.Leases.TryTakeAsync("replan", "a", Minute, None));
        Assert.True(await Storage.Leases.TryTakeAsync("replan", "a", Minute, None));
        Assert.False(await Storage.Leases.TryTakeAsync("replan", "b", Minute, None));
        Assert.True(await Storage.Leases.TryTakeAsync("other", "b", Minute, None));
        await Storage.Leases.ReleaseAsync("replan", "b", None);
        Assert.False(await Storage.Leases.TryTakeAsync("replan", "b", Minute, None));
        await Storage.Leases.ReleaseAsync("replan", "a", None);
        Assert.True(await Storage.Leases.TryTakeAsync("replan", "b", Minute, None));
    }
}
