using System.Text.RegularExpressions;

namespace Provisioning.Xacml;

/// <summary>Finds regular expressions that take exponential time in engines which backtrack. This one does not, others that read the policy may.</summary>
internal static partial class PatternCheck
{
    public static void Examine(IEnumerable<(SourcePlace Place, string Pattern)> patterns, List<PolicyProblem> findings)
    {
        foreach (var (place, pattern) in patterns)
        {
            if (RepeatedRepetition().IsMatch(pattern))
                findings.Add(new(place.File, place.Line, $"pattern '{pattern}' repeats what repeats: an engine that backtracks can hang on it"));
        }
    }

    // A group that holds an unbounded repetition and is itself repeated without bound.
    [GeneratedRegex(@"\((?:[^()\\]|\\.)*(?:[*+]|\{[0-9]+,\})(?:[^()\\]|\\.)*\)(?:[*+]|\{[0-9]+,\})", RegexOptions.NonBacktracking)]
    private static partial Regex RepeatedRepetition();
}
