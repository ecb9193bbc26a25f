using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Xacml.Tests.Random;

namespace Provisioning.Xacml.Tests;

public class When_answers_say_until_when_they_hold(ITestOutputHelper output)
{
    private const string Clock = "urn:oasis:names:tc:xacml:1.0:environment:current-";
    private static readonly TimeSpan Length = TimeSpan.FromDays(14);

    // Clocks go forward on 29 March and back on 25 October, at one o'clock UTC.
    private static readonly TimeZoneInfo Berlin = Zone("Berlin", 1, 60, (3, 5, 2), (10, 5, 3));
    private static readonly TimeZoneInfo LordHowe = Zone("Lord Howe", 10.5, 30, (10, 1, 2), (4, 1, 2));
    private static readonly (TimeZoneInfo Zone, DateTime Start)[] Weeks =
    [
        (TimeZoneInfo.Utc, new(2026, 2, 22)),
        (Berlin, new(2026, 3, 22)),
        (Berlin, new(2026, 10, 18)),
        (LordHowe, new(2026, 9, 28)),
    ];

    // Other policies each time. XACML_SEED, which a failure names, makes the same ones again.
    [Theory]
    [InlineData(true, 8)]
    [InlineData(false, 8)]
    public void Should_never_answer_differently_before(bool isPlain, int policies)
    {
        var first = Environment.GetEnvironmentVariable("XACML_SEED") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : System.Random.Shared.Next(1_000_000_000);
        output.WriteLine($"first seed {first}");
        var changes = 0;
        for (var seed = first; seed < first + policies; seed++)
        {
            var (zone, start) = Weeks[seed % Weeks.Length];
            var policy = new ClockPolicy(seed) { Start = start, IsPlain = isPlain };
            var (again, changed) = Scan(policy, seed, zone, start);
            changes += changed;
            // Each comparison comes out differently at its begin, at its end and at midnight at most, and once more when the clocks change.
            if (isPlain) Assert.True(again <= (policy.Leaves * 14 * 3) + 3, $"seed {seed}: {again} decisions in two weeks for {policy.Leaves} comparisons");
        }

        output.WriteLine($"{changes} answers changed");
        Assert.True(changes > policies, "the clock must matter to the policies");
    }

    [Theory]
    // The window opens, closes just after its end, and opens again on the next day.
    [InlineData("08:30:00.7", "2026-03-02T09:00:00Z")]
    [InlineData("09:00:00", "2026-03-02T17:00:00.0000001Z")]
    [InlineData("17:00:00", "2026-03-02T17:00:00.0000001Z")]
    [InlineData("17:00:01", "2026-03-03T09:00:00Z")]
    public void Should_name_the_ends_of_a_window(string time, string expected)
    {
        var condition = Policies.Apply("time-in-range", One("time") + Value("time", "09:00:00") + Value("time", "17:00:00"), "2.0");
        Assert.Equal(Moment(expected), Until(condition, Moment($"2026-03-02T{time}Z")));
    }

    [Theory]
    [InlineData("date-equal", "2026-03-05", "2026-03-05T00:00:00Z")]
    [InlineData("date-equal", "2026-03-02", "2026-03-03T00:00:00Z")]
    [InlineData("date-equal", "2026-03-01", null)]
    [InlineData("date-greater-than", "2026-03-05", "2026-03-06T00:00:00Z")]
    [InlineData("date-less-than", "2026-03-05", "2026-03-05T00:00:00Z")]
    public void Should_name_the_day(string function, string date, string? expected) =>
        Assert.Equal(expected is null ? null : Moment(expected), Until(Policies.Apply(function, One("date") + Value("date", date)), Moment("2026-03-02T13:00:00Z")));

    [Fact]
    public void Should_hold_for_ever_once_the_date_is_past()
    {
        var condition = Policies.Apply("dateTime-greater-than", One("dateTime") + Value("dateTime", "2026-03-01T00:00:00Z"));
        Assert.Equal(Moment("2026-03-01T00:00:00.0000001Z"), Until(condition, Moment("2026-03-01T00:00:00Z")));
        Assert.Null(Until(condition, Moment("2026-03-01T00:00:01Z")));
    }

    [Fact]
    public void Should_hold_for_ever_when_the_clock_is_not_looked_at()
    {
        var window = Policies.Apply("time-in-range", One("time") + Value("time", "09:00:00") + Value("time", "17:00:00"), "2.0");
        var never = Policies.Apply("string-equal", Policies.Text("a") + Policies.Text("b"));
        Assert.Null(Until(Policies.Apply("and", never + window), Moment("2026-03-02T13:00:00Z")));
        Assert.Null(Until(Policies.Apply("dateTime-less-than", Value("dateTime", "2026-03-01T00:00:00Z") + Value("dateTime", "2027-03-01T00:00:00Z")), Moment("2026-03-02T13:00:00Z")));
    }

    [Theory]
    [InlineData("time", "2026-03-02T13:01:00Z")]
    [InlineData("dateTime", "2026-03-02T13:01:00Z")]
    [InlineData("date", "2026-03-03T00:00:00Z")]
    public void Should_hold_for_a_minute_or_a_day_when_anything_may_come_of_it(string part, string expected)
    {
        var text = Policies.Apply($"string-from-{part}", One(part), "3.0");
        Assert.Equal(Moment(expected), Until(Policies.Apply("string-equal", text + Policies.Text("x")), Moment("2026-03-02T13:00:20Z")));
    }

    [Fact]
    public void Should_end_when_the_clocks_change()
    {
        var condition = Policies.Apply("date-less-than", One("date") + Value("date", "2026-06-01+01:00"));
        Assert.Equal(Moment("2026-03-29T01:00:00Z"), Until(condition, Moment("2026-03-02T13:00:00Z"), Berlin));
        Assert.Equal(Moment("2026-05-31T22:00:00Z"), Until(Policies.Apply("date-less-than", One("date") + Value("date", "2026-06-01+02:00")), Moment("2026-03-29T01:00:00Z"), Berlin));
    }

    [Fact]
    public void Should_be_told_by_targets_too()
    {
        var match = $"""
            <Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:date-equal">{Value("date", "2026-03-05")}
            <AttributeDesignator Category="{Categories.Environment}" AttributeId="{Clock}date" DataType="{DataTypes.Date}" MustBePresent="false"/></Match></AllOf></AnyOf></Target>
            """;
        // Enough children for an index over their targets.
        var rules = string.Concat(Enumerable.Range(5, 8).Select(day =>
            Policies.Rule("Permit", id: $"r{day}", rest: match.Replace("-05<", $"-{day:00}<", StringComparison.Ordinal))));
        Assert.Equal(Moment("2026-03-05T00:00:00Z"), Decide(Policies.Policy(rules), Moment("2026-03-02T13:00:00Z")).HoldsUntil);
    }

    [Fact]
    public void Should_be_read_off_at_the_moment_that_the_request_is_about()
    {
        var condition = Policies.Apply("time-less-than", One("time") + Value("time", "09:00:00"));
        var pdp = PolicyDecisionPoint.Load([new("p", Policies.Policy(Policies.Rule("Permit", condition)))], new PdpOptions { TimeZone = TimeZoneInfo.Utc });
        var answer = pdp.Evaluate(new XacmlRequestBuilder { Moment = Moment("2026-03-02T10:30:00+02:00") }.Build());
        Assert.Equal((Decision.Permit, Moment("2026-03-02T09:00:00Z")), (answer.Decision, answer.HoldsUntil));
    }

    [Fact]
    public void Should_know_what_each_function_of_the_standard_does_with_the_clock()
    {
        // A function that is new here is taken to change with the minute. One of these names must be compared, and answer as it does without a clock.
        var names = FunctionTable.Standard.Ids.Select(id => id[(id.LastIndexOf(':') + 1)..]).ToHashSet();
        foreach (var (type, test) in from type in (string[])["time", "date", "dateTime"]
                                     from test in (string[])["equal", "less-than", "less-than-or-equal", "greater-than", "greater-than-or-equal"]
                                     select (type, test))
        {
            Assert.Contains($"{type}-{test}", names);
            foreach (var other in (string[])["2026-03-01T12:00:00", "2026-03-02T13:00:00", "2026-03-03T14:00:00"])
            {
                var (now, text) = (Moment("2026-03-02T13:00:00Z"), type switch { "time" => other[11..], "date" => other[..10], _ => other });
                var plain = Policies.Apply($"{type}-{test}", Value(type, type switch { "time" => "13:00:00", "date" => "2026-03-02", _ => "2026-03-02T13:00:00" }) + Value(type, text));
                var moving = Policies.Apply($"{type}-{test}", One(type) + Value(type, text));
                Assert.Equal(Decide(Policies.Policy(Policies.Rule("Permit", plain)), now).Decision, Decide(Policies.Policy(Policies.Rule("Permit", moving)), now).Decision);
            }
        }
    }

    private static (int Again, int Changed) Scan(ClockPolicy policy, int seed, TimeZoneInfo zone, DateTime start)
    {
        var pdp = PolicyDecisionPoint.Load([new("p", policy.Write())], new PdpOptions { TimeZone = zone });
        var dates = Enumerable.Range(0, 3).Select(_ => new DateTimeOffset(policy.Moment(), TimeSpan.Zero)).ToList();
        var (begin, again, changed) = (new DateTimeOffset(start, TimeSpan.Zero), 0, 0);
        var holds = Ask(begin);
        for (var at = begin; at < begin + Length; at = at.AddMinutes(1))
        {
            if (at >= holds.HoldsUntil)
            {
                // One instant before, the answer is still the same, except that what may be anything is looked at once a minute.
                var last = Ask(holds.HoldsUntil.Value.AddTicks(-1));
                Assert.True(last.Decision == holds.Decision || !policy.IsPlain, $"seed {seed}: {holds.Decision} until {holds.HoldsUntil:O}, but {last.Decision} just before");
                var next = Ask(at);
                Assert.True(next.HoldsUntil is null || next.HoldsUntil > at, $"seed {seed}: at {at:O} an answer holds until {next.HoldsUntil:O}");
                (again, changed) = (again + 1, changed + (next.Decision == holds.Decision ? 0 : 1));
                holds = next;
            }
            else if (Ask(at) is { } now && now.Decision != holds.Decision)
            {
                Assert.Fail($"seed {seed}, {zone.Id}: {holds.Decision} was to hold until {holds.HoldsUntil:O}, but at {at:O} it is {now.Decision}");
            }
        }

        return (again, changed);

        XacmlResult Ask(DateTimeOffset moment)
        {
            var local = TimeZoneInfo.ConvertTime(moment, zone);
            var request = new XacmlRequestBuilder { Moment = moment }
                .Add(Policies.Subject, ClockPolicy.Begins, DataType.DateTime, Temporal.DateTimeOf(dates[0]))
                .AddMany(Policies.Subject, ClockPolicy.Holidays, DataType.DateTime, dates.Select(Temporal.DateTimeOf))
                .Add(Categories.Environment, Clock + "time", DataType.String, local.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
                .Add(Categories.Environment, Clock + "date", DataType.String, local.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture));
            return pdp.Evaluate(request.Build());
        }
    }

    private static DateTimeOffset? Until(string condition, DateTimeOffset now, TimeZoneInfo? zone = null) =>
        Decide(Policies.Policy(Policies.Rule("Permit", condition)), now, zone).HoldsUntil;

    private static XacmlResult Decide(string policy, DateTimeOffset now, TimeZoneInfo? zone = null) =>
        PolicyDecisionPoint.Load([new("p", policy)], new PdpOptions { TimeZone = zone ?? TimeZoneInfo.Utc, Time = new FakeTimeProvider(now) }).Evaluate(Policies.Request());

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Value(string type, string text) => $"<AttributeValue DataType='http://www.w3.org/2001/XMLSchema#{type}'>{text}</AttributeValue>";

    private static string One(string part) => Policies.Apply(
        $"{part}-one-and-only",
        $"<AttributeDesignator Category='{Categories.Environment}' AttributeId='{Clock}{part}' DataType='http://www.w3.org/2001/XMLSchema#{part}' MustBePresent='false'/>");

    private static TimeZoneInfo Zone(string name, double hours, int saved, (int Month, int Week, int Hour) from, (int Month, int Week, int Hour) to)
    {
        static TimeZoneInfo.TransitionTime Sunday((int Month, int Week, int Hour) on) =>
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, on.Hour, 0, 0), on.Month, on.Week, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            new DateTime(2020, 1, 1), new DateTime(2100, 12, 31), TimeSpan.FromMinutes(saved), Sunday(from), Sunday(to));
        return TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromHours(hours), name, name, name, [rule]);
    }
}
