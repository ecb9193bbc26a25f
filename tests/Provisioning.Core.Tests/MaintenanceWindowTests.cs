using System.Globalization;
using Provisioning.Core.Configuration;

namespace Provisioning.Core.Tests;

/// <summary>Europe/Berlin: clocks go forward on 2026-03-29 at 01:00 UTC and back on 2026-10-25 at 01:00 UTC.</summary>
public sealed class MaintenanceWindowTests
{
    [Theory]
    [InlineData("2026-01-05T20:59Z", null)]
    [InlineData("2026-01-05T21:00Z", "2026-01-06T03:00Z")]
    [InlineData("2026-01-06T02:59Z", "2026-01-06T03:00Z")]
    [InlineData("2026-01-06T03:00Z", null)]
    [InlineData("2026-07-06T20:00Z", "2026-07-07T02:00Z")]
    public void When_it_passes_midnight_Should_end_the_next_morning_in_its_time_zone(string now, string? end) =>
        Assert.Equal(Moment(end), EndOf(now, Berlin("22:00", "04:00")));

    [Theory]
    [InlineData("2026-01-10T23:30Z", "2026-01-11T00:00Z")]
    [InlineData("2026-01-11T23:30Z", null)]
    [InlineData("2026-01-09T23:30Z", null)]
    public void When_it_has_days_Should_begin_on_those_alone(string now, string? end) =>
        Assert.Equal(Moment(end), EndOf(now, new MaintenanceWindow { From = "23:00", To = "00:00", Days = [DayOfWeek.Saturday] }));

    [Fact]
    public void When_it_began_on_its_day_Should_last_into_the_next_one() =>
        Assert.Equal(
            Moment("2026-01-11T02:00Z"),
            EndOf("2026-01-11T01:00Z", new MaintenanceWindow { From = "23:00", To = "02:00", Days = [DayOfWeek.Saturday] }));

    [Theory]
    [InlineData("2026-03-29T00:59Z", null)]
    [InlineData("2026-03-29T01:00Z", "2026-03-29T01:30Z")]
    [InlineData("2026-03-29T01:30Z", null)]
    public void When_its_beginning_is_left_out_by_the_clocks_Should_begin_when_they_go_on(string now, string? end) =>
        Assert.Equal(Moment(end), EndOf(now, Berlin("02:30", "03:30")));

    [Theory]
    [InlineData("2026-10-25T00:29Z", null)]
    [InlineData("2026-10-25T00:30Z", "2026-10-25T01:45Z")]
    [InlineData("2026-10-25T01:44Z", "2026-10-25T01:45Z")]
    [InlineData("2026-10-25T01:45Z", null)]
    public void When_its_hour_comes_twice_Should_have_both(string now, string? end) =>
        Assert.Equal(Moment(end), EndOf(now, Berlin("02:30", "02:45")));

    [Fact]
    public void When_several_are_open_Should_end_with_the_last() =>
        Assert.Equal(Moment("2026-01-05T05:00Z"), EndOf("2026-01-05T03:00Z", Utc("02:00", "04:00"), Utc("01:00", "05:00"), Utc("12:00", "13:00")));

    private static MaintenanceWindow Berlin(string from, string to) => new() { From = from, To = to, TimeZone = "Europe/Berlin" };

    private static MaintenanceWindow Utc(string from, string to) => new() { From = from, To = to };

    private static DateTimeOffset? EndOf(string now, params MaintenanceWindow[] windows) => MaintenanceWindow.EndOf(windows, Moment(now)!.Value);

    private static DateTimeOffset? Moment(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
