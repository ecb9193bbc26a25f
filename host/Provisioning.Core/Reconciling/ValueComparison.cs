using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.Core.Users;

namespace Provisioning.Core.Reconciling;

/// <summary>Whether two single values are the same to a person, though a target writes one of them in its own notation.</summary>
internal static partial class ValueComparison
{
    private const string Primary = "primary";

    // SCIM's schema compares these without case (RFC 7643, section 4.1), and targets keep them in lower case.
    private static readonly string[] WithoutCase = ["userName", "userPrincipalName", "type"];

    private static readonly string[] Yes = ["true", "1", "t", "y", "yes"];
    private static readonly string[] No = ["false", "0", "f", "n", "no"];

    private static readonly string[] DirectoryTimes = ["yyyyMMddHHmmssK", "yyyyMMddHHmmss.FFFFFFFK"];

    /// <param name="name">The attribute, or the sub-attribute, that has the values.</param>
    public static bool IsSame(string name, JsonNode? ours, JsonNode? theirs)
    {
        var (a, b) = (AttributeText.Plain(ours), AttributeText.Plain(theirs));
        if (a == b)
            return true;
        if (Has(JsonValueKind.True) || Has(JsonValueKind.False))
            return IsSameFlag(name, a, b);
        if (Has(JsonValueKind.Number))
            return Number(a) is { } number && number == Number(b);
        return IsSameMoment(a, b) || IsSameText(name, a, b);

        bool Has(JsonValueKind kind) => ours?.GetValueKind() == kind || theirs?.GetValueKind() == kind;
    }

    // An entry of a list that says nothing is not the primary one (RFC 7643, section 2.4).
    private static bool IsSameFlag(string name, string a, string b)
    {
        if (name.Equals(Primary, StringComparison.OrdinalIgnoreCase) && (a.Length == 0 || b.Length == 0))
            return Flag(a + b) == false;
        return Flag(a) is { } flag && flag == Flag(b);
    }

    private static bool? Flag(string text)
    {
        if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase))
            return true;
        return No.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : null;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsSameMoment(string a, string b)
    {
        if (Moment(a) is not { } first || Moment(b) is not { } second)
            return false;

        // A day is midnight in any zone.
        return first.Time == second.Time
            || ((first.IsDay || second.IsDay) && first.Time.DateTime == second.Time.DateTime);
    }

    private static (DateTimeOffset Time, bool IsDay)? Moment(string text)
    {
        const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal;
        if (DateTimeOffset.TryParseExact(text, DirectoryTimes, CultureInfo.InvariantCulture, Universal, out var time))
            return (time, false);
        return IsoTime().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Universal, out time)
            ? (time, text.Length == "yyyy-MM-dd".Length)
            : null;
    }

    private static bool IsSameText(string name, string a, string b)
    {
        var (left, right) = (Clean(a), Clean(b));
        if (left == right)
            return true;
        var withoutCase = WithoutCase.Contains(name, StringComparer.OrdinalIgnoreCase) || (IsCaseless(left) && IsCaseless(right));
        if (withoutCase && left.Equals(right, StringComparison.OrdinalIgnoreCase))
            return true;
        return DistinguishedName().IsMatch(left) && DistinguishedName().IsMatch(right)
            && Spaces().Replace(left, "$1").Equals(Spaces().Replace(right, "$1"), StringComparison.OrdinalIgnoreCase);
    }

    private static string Clean(string text) => CanonicalText.Compose(text.Trim().ReplaceLineEndings("\n"));

    private static bool IsCaseless(string text) => Address().IsMatch(text) || Guid.TryParse(text, out _);

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)?)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IsoTime();

    [GeneratedRegex(@"\A[^@\s]+@[^@\s]+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"\A\s*[A-Za-z][A-Za-z0-9.-]*\s*=[^,]*(,\s*[A-Za-z0-9][A-Za-z0-9.-]*\s*=[^,]*)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DistinguishedName();

    [GeneratedRegex(@"\s*([,=])\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
