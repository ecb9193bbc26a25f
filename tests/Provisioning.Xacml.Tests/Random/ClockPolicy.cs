using System.Globalization;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests.Random;

/// <summary>A random policy that looks at the clock and at dates of the user.</summary>
internal sealed class ClockPolicy(int seed)
{
    public const string Begins = "begins";
    public const string Holidays = "holidays";
    private const string Clock = "urn:oasis:names:tc:xacml:1.0:environment:current-";
    private static readonly string[] Tests = ["less-than", "less-than-or-equal", "greater-than", "greater-than-or-equal", "equal"];
    private static readonly string[] Zones = ["", "", "Z", "+02:00", "-07:30", "+14:00"];
    private readonly System.Random _random = new(seed);

    /// <summary>The first day on which the dates of the policy lie.</summary>
    public required DateTime Start { get; init; }

    /// <summary>Whether the policy has only comparisons, of which each says exactly when it comes out differently.</summary>
    public bool IsPlain { get; init; }

    /// <summary>How many comparisons the policy has.</summary>
    public int Leaves { get; private set; }

    public string Write()
    {
        var algorithm = _random.Next(2) == 0 ? DenyOverrides : "urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable";
        var rules = Enumerable.Range(0, _random.Next(1, 4)).Select(i => Rule(_random.Next(2) == 0 ? "Permit" : "Deny", Condition(2), $"r{i}"));
        return Policy(string.Concat(rules), algorithm);
    }

    /// <summary>A moment in the two weeks, on a whole minute for the most part.</summary>
    public DateTime Moment() => Start.AddMinutes(_random.Next(14 * 24 * 60)).AddSeconds(_random.Next(3) == 0 ? _random.Next(60) : 0);

    private string Condition(int depth) => depth == 0 ? Leaf() : _random.Next(5) switch
    {
        0 => Apply("and", Condition(depth - 1) + Condition(depth - 1)),
        1 => Apply("or", Condition(depth - 1) + Condition(depth - 1)),
        2 => Apply("not", Condition(depth - 1)),
        _ => Leaf(),
    };

    private string Leaf()
    {
        Leaves++;
        return _random.Next(IsPlain ? 8 : 14) switch
        {
            0 => Compare("time", One("time"), Time()),
            1 => Apply("time-in-range", One("time") + Time() + Time(), "2.0"),
            2 => Apply("time-in-range", Apply("time-from-string", OneText("time"), "3.0") + Time() + Time(), "2.0"),
            3 => Compare("date", One("date"), Date()),
            4 => Compare("dateTime", One("dateTime"), DateTime()),
            5 => Compare("dateTime", One("dateTime"), User()),
            6 => Compare("dateTime", Later(One("dateTime")), User()),
            7 => Compare("dateTime", One("dateTime"), Later(User())),
            8 => Compare("dateTime", NextMonth("dateTime"), DateTime(months: 1)),
            9 => Compare("date", NextMonth("date"), Date(months: 1)),
            10 => Apply("string-greater-than", OneText("date") + Text(Moment().ToString("yyyy/MM/dd", CultureInfo.InvariantCulture))),
            11 => Apply("any-of", Function("dateTime-less-than") + One("dateTime") + Attribute(Holidays, type: DataTypes.DateTime), "3.0"),
            12 => Apply("date-is-in", One("date") + Apply("date-bag", Date() + Date())),
            _ => Apply("string-regexp-match", Text("[05]:00") + Apply("string-from-time", One("time"), "3.0")),
        };
    }

    private string Compare(string type, string first, string second) =>
        Apply($"{type}-{Tests[_random.Next(Tests.Length)]}", _random.Next(2) == 0 ? first + second : second + first);

    private string User() => Apply("dateTime-one-and-only", Attribute(Begins, type: DataTypes.DateTime));

    private string Later(string moment) => Apply(
        _random.Next(2) == 0 ? "dateTime-add-dayTimeDuration" : "dateTime-subtract-dayTimeDuration",
        moment + $"<AttributeValue DataType='{DataTypes.DayTimeDuration}'>PT{_random.Next(100)}H{_random.Next(60)}M</AttributeValue>", "3.0");

    private static string NextMonth(string type) =>
        Apply($"{type}-add-yearMonthDuration", One(type) + $"<AttributeValue DataType='{DataTypes.YearMonthDuration}'>P1M</AttributeValue>", "3.0");

    private static string One(string part) => Apply($"{part}-one-and-only", Designator(part, $"http://www.w3.org/2001/XMLSchema#{part}"));

    private static string OneText(string part) => Apply("string-one-and-only", Designator(part, DataTypes.String));

    private static string Designator(string part, string type) =>
        $"<AttributeDesignator Category='{Categories.Environment}' AttributeId='{Clock}{part}' DataType='{type}' MustBePresent='false'/>";

    private static string Function(string name) => $"<Function FunctionId='urn:oasis:names:tc:xacml:1.0:function:{name}'/>";

    private string Time() => Value(DataTypes.Time, Moment().ToString("HH:mm:ss", CultureInfo.InvariantCulture));

    private string Date(int months = 0) => Value(DataTypes.Date, Moment().AddMonths(months).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private string DateTime(int months = 0) => Value(DataTypes.DateTime, Moment().AddMonths(months).ToString("s", CultureInfo.InvariantCulture));

    private string Value(string type, string text) => $"<AttributeValue DataType='{type}'>{text}{Zones[_random.Next(Zones.Length)]}</AttributeValue>";
}
