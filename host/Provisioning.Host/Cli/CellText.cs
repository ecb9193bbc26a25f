using System.Globalization;

namespace Provisioning.Host.Cli;

/// <summary>Values as tables show them.</summary>
internal static class CellText
{
    // People copy these; half of one is of no use.
    private static readonly string[] Whole = ["id", "accountId", "assignmentId", "example"];

    public static bool IsWhole(string property) => Whole.Contains(property, StringComparer.Ordinal);

    /// <summary>A moment to the second, in UTC; anything else as it is.</summary>
    public static string Of(string? value) =>
        DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : value ?? "";
}
