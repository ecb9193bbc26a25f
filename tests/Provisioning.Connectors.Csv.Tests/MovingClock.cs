using Microsoft.Extensions.Time.Testing;

namespace Provisioning.Connectors.Csv.Tests;

/// <summary>A clock that is a second later each time it is read, so that reading a file takes time. Its timers wait for the test.</summary>
internal sealed class MovingClock : FakeTimeProvider
{
    private long _seconds;

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds) * TimestampFrequency;
}
