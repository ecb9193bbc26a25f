using System.Text.RegularExpressions;

namespace Provisioning.Core.Ledger;

/// <summary>What failures of different assignments have in common: the text without names, ids and numbers.</summary>
public static partial class Cause
{
    /// <summary>The cause that an error is a case of.</summary>
    public static string Of(string? error) => string.IsNullOrEmpty(error) ? "" : Particular().Replace(error, x => x.Groups[1].Value + "…" + x.Groups[1].Value);

    // What is quoted is somebody's value; a word with a digit in it is an id, a time or a count.
    [GeneratedRegex("""(['"])[^'"]*\1|[^\s'"]*[0-9][^\s'"]*""")]
    private static partial Regex Particular();
}
