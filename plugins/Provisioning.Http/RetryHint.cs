using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Provisioning.Http;

/// <summary>Reads the pause that a target asks for.</summary>
public static partial class RetryHint
{
    // A target that asks for more than this is wrong more often than it is serious.
    private static readonly TimeSpan s_maximum = TimeSpan.FromDays(1);

    private static readonly string[] s_resets = ["RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset"];

    /// <summary>From <c>Retry-After</c> (seconds or a date), else <c>RateLimit</c>, else one of the older reset headers; null if there is none.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (headers.RetryAfter is { } header)
            return Clamp(header.Delta ?? header.Date!.Value - now);
        if (headers.TryGetValues("RateLimit", out var limits) && Reset().Match(string.Join(',', limits)) is { Success: true } reset
            && Seconds(reset.Groups[1].Value, now) is { } pause)
            return pause;
        foreach (var name in s_resets)
        {
            if (headers.TryGetValues(name, out var values) && Seconds(values.FirstOrDefault(), now) is { } seconds)
                return seconds;
        }

        return null;
    }

    private static TimeSpan? Seconds(string? text, DateTimeOffset now)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        // Targets disagree whether it is a duration or a moment; no duration is that long.
        var seconds = number > 1e9 ? number - now.ToUnixTimeSeconds() : number;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, s_maximum.TotalSeconds));
    }

    private static TimeSpan Clamp(TimeSpan pause) => pause < TimeSpan.Zero ? TimeSpan.Zero : pause > s_maximum ? s_maximum : pause;

    /// <summary>The time to the reset, as <c>t=30</c> or, in earlier drafts, <c>reset=30</c>.</summary>
    [GeneratedRegex(@"(?:^|[;,\s])(?:t|reset)\s*=\s*([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Reset();
}
