using System.Globalization;
using System.Text.RegularExpressions;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>How much of the daily API calls is used, as the last answer said.</summary>
internal sealed partial class ApiUsage
{
    private volatile Reading? _last;

    /// <summary>Used and allowed calls of the last 24 hours, or null before the first answer.</summary>
    public (long Used, long Allowed)? Last => _last is { } last ? (last.Used, last.Allowed) : null;

    public bool IsExhausted => _last is { } last && last.Used >= last.Allowed;

    public bool IsOver(int percent) => _last is { } last && last.Used * 100 >= last.Allowed * percent;

    public void Note(HttpAnswer answer)
    {
        if (answer.Header("Sforce-Limit-Info") is not { } text || Usage().Match(text) is not { Success: true } match)
            return;
        _last = new Reading(
            long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"api-usage=([0-9]{1,12})/([1-9][0-9]{0,11})", RegexOptions.CultureInvariant)]
    private static partial Regex Usage();

    private sealed record Reading(long Used, long Allowed);
}
