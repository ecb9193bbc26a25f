using System.Globalization;

namespace Provisioning.Connectors.Scim;

/// <summary>Reads the pause that a target asks for.</summary>
internal static class RetryHint
{
    // A target that asks for more than this is wrong more often than it is serious.
    private static readonly TimeSpan s_maximum = TimeSpan.FromDays(1);

    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (response.Headers.RetryAfter is { } header)
            return Clamp(header.Delta ?? header.Date!.Value - now);
        foreach (var name in (ReadOnlySpan<string>)["RateLimit-Reset", "X-RateLimit-Reset"])
        {
            if (response.Headers.TryGetValues(name, out var values)
                && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number))
            {
                // Targets disagree whether it is a duration or a moment; no duration is that long.
                var seconds = number > 1e9 ? number - now.ToUnixTimeSeconds() : number;
                return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, s_maximum.TotalSeconds));
            }
        }

        return null;
    }

    private static TimeSpan Clamp(TimeSpan pause) => pause < TimeSpan.Zero ? TimeSpan.Zero : pause > s_maximum ? s_maximum : pause;
}
