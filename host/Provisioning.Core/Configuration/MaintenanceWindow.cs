using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Provisioning.Core.Configuration;

/// <summary>A time in which a target is left alone, every week or every day.</summary>
public sealed record MaintenanceWindow
{
    private const string Clock = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    [Description("Days on which it begins; empty for every day.")]
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    [Required, RegularExpression(Clock), Description("When it begins, for example 22:00.")]
    public required string From { get; init; }

    [Required, RegularExpression(Clock), Description("When it ends; the next day if that is not later.")]
    public required string To { get; init; }

    [Description("Time zone of both, for example Europe/Berlin. Default UTC.")]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>When the windows that are open now will all have ended; null if none is open.</summary>
    public static DateTimeOffset? EndOf(IReadOnlyList<MaintenanceWindow> windows, DateTimeOffset now)
    {
        DateTimeOffset? end = null;
        foreach (var window in windows)
            if (window.EndOf(now) is { } one && (end is null || one > end))
                end = one;
        return end;
    }

    private DateTimeOffset? EndOf(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

        // It may have begun yesterday.
        foreach (var day in (DateOnly[])[today, today.AddDays(-1)])
        {
            if (Days.Count > 0 && !Days.Contains(day.DayOfWeek))
                continue;
            var (from, to) = (At(From), At(To));
            var start = Moment(day.ToDateTime(from), zone, later: false);
            var end = Moment((to <= from ? day.AddDays(1) : day).ToDateTime(to), zone, later: true);
            if (start <= now && now < end)
                return end;
        }

        return null;
    }

    private static TimeOnly At(string clock) => TimeOnly.ParseExact(clock, "HH:mm", CultureInfo.InvariantCulture);

    // When clocks go back an hour comes twice: the window has all of it. When they go forward an hour is missing: its end counts.
    private static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone, bool later)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offsets = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
        return new DateTimeOffset(local, later ? offsets.Min() : offsets.Max()).ToUniversalTime();
    }
}
