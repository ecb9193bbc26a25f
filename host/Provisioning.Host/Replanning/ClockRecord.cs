using System.Globalization;
using Provisioning.Storage;

namespace Provisioning.Host.Replanning;

/// <summary>Remembers what the clock said last, over restarts too, to notice when it is set back: what was decided by a time that is yet to come must
/// be decided again.</summary>
internal sealed class ClockRecord(ISettingsStore settings)
{
    private const string Key = "clock";

    // Less makes no difference to decisions that are made again within a minute anyway.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _last;

    public async Task<bool> WasSetBackAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _last ??= Parse(await settings.GetAsync(Key, cancellationToken));
        return _last - now > Tolerance;
    }

    public async Task NoteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _last = now;
        await settings.SetAsync(Key, $"{now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)} {Environment.MachineName}", cancellationToken);
    }

    // The clock of another machine says nothing about this one's.
    private static DateTimeOffset? Parse(string? text) => text?.Split(' ', 2) is [var at, var machine] && machine == Environment.MachineName
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)) : null;
}
