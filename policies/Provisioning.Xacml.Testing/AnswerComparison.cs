namespace Provisioning.Xacml.Testing;

/// <summary>Compares responses by meaning. The standard leaves the order of results open, so that it does not count.</summary>
internal static class AnswerComparison
{
    /// <summary>Says what differs; null if nothing does.</summary>
    public static string? Difference(Answer expected, Answer actual)
    {
        if (expected.Results.Count != actual.Results.Count)
            return $"{expected.Results.Count} results expected ({Decisions(expected)}), {actual.Results.Count} answered ({Decisions(actual)})";
        var open = actual.Results.ToList();
        var unmatched = expected.Results.Where(result => !Take(open, result)).ToList();
        var differences = unmatched.Zip(open).SelectMany(pair => pair.First.Differences(pair.Second)).ToList();
        return unmatched.Count == 0 ? null : string.Join("; ", differences);
    }

    private static bool Take(List<AnsweredResult> open, AnsweredResult expected)
    {
        var index = open.FindIndex(actual => !expected.Differences(actual).Any());
        if (index >= 0) open.RemoveAt(index);
        return index >= 0;
    }

    private static string Decisions(Answer answer) => string.Join(", ", answer.Results.Select(result => result.Decision));
}
