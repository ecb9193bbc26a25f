namespace Provisioning.Connectors.Csv;

/// <summary>
/// Says when the whole file may be written: a small file with every change, a large file for at most a tenth of the time.
/// So the cost of a change does not grow with the file.
/// </summary>
internal sealed class RewritePace(TimeProvider time)
{
    /// <summary>Up to this many bytes, writing the file costs about as much as writing one line durably.</summary>
    private const long Small = 256 * 1024;

    private const int Share = 10;

    private long _ended;
    private TimeSpan _rest;

    public TimeProvider Time => time;

    public static bool IsLarge(long length) => length > Small;

    /// <summary>How long a file of so many bytes is still left alone.</summary>
    public TimeSpan WaitFor(long length)
    {
        if (!IsLarge(length) || _rest == TimeSpan.Zero)
            return TimeSpan.Zero;
        var left = _rest - time.GetElapsedTime(_ended);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public long Start() => time.GetTimestamp();

    /// <summary>The file was read or written as a whole since <paramref name="started"/>.</summary>
    public void End(long started)
    {
        _ended = time.GetTimestamp();
        _rest = time.GetElapsedTime(started, _ended) * (Share - 1);
    }
}
