using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Pipeline;

namespace Provisioning.Scheduling.Tests;

public sealed class When_a_minute_begins : IDueDecisions
{
    private readonly ArmedTime _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 30, TimeSpan.Zero));
    private readonly SemaphoreSlim _ran = new(0);
    private readonly List<DateTimeOffset> _runs = [];
    private Exception? _fails;

    [Fact]
    public async Task Should_look_at_the_start_and_a_second_after_each_minute_begins_whatever_happens()
    {
        using var rounds = new ClockRounds(this, ScriptedHost.Listening(), _time, NullLogger<ClockRounds>.Instance);
        await rounds.StartAsync(TestContext.Current.CancellationToken);
        await NextAsync(TimeSpan.Zero);
        await NextAsync(TimeSpan.FromSeconds(31));
        _fails = new IOException("no database");
        await NextAsync(TimeSpan.FromMinutes(1));

        // A time limit of somebody else, not a stop of the host.
        _fails = new OperationCanceledException("too late");
        await NextAsync(TimeSpan.FromMinutes(1));
        _fails = null;

        // The clock is set back while it waits, and the wait goes on by what has passed.
        _time.AdjustTime(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero));
        await NextAsync(TimeSpan.FromMinutes(1));
        await rounds.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(rounds.ExecuteTask!.IsCompleted);
        Assert.False(rounds.ExecuteTask.IsFaulted);
        Assert.Equal(
            ["08:00:30", "08:01:01", "08:02:01", "08:03:01", "06:01:00"], _runs.Select(x => x.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));
    }

    Task IDueDecisions.RunAsync(CancellationToken cancellationToken)
    {
        _runs.Add(_time.GetUtcNow());
        _ran.Release();
        return _fails is null ? Task.CompletedTask : Task.FromException(_fails);
    }

    private async Task NextAsync(TimeSpan after)
    {
        // Time goes on only when the wait has begun, which is a moment after the run.
        if (after > TimeSpan.Zero)
            Assert.True(await _time.Armed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        _time.Advance(after);
        Assert.True(await _ran.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    private sealed class ArmedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public SemaphoreSlim Armed { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Armed.Release();
            return timer;
        }
    }
}
