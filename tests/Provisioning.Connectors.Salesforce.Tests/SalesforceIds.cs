using System.Globalization;

namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>Ids of 18 characters: prefix, number, and a suffix that tells upper case from lower.</summary>
internal static class SalesforceIds
{
    public static string Make(string prefix, long number)
    {
        var id = prefix + number.ToString("D12", CultureInfo.InvariantCulture);
        var suffix = string.Concat(Enumerable.Range(0, 3).Select(part =>
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[Enumerable.Range(0, 5).Sum(bit => char.IsAsciiLetterUpper(id[(part * 5) + bit]) ? 1 << bit : 0)]));
        return id + suffix;
    }
}
