namespace Provisioning.Xacml.Testing;

/// <summary>Writes down how cases went.</summary>
public static class ConformanceReport
{
    /// <summary>Writes a line for each outcome: suite, case, form, kind, verdict, detail, separated by tabs.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="writer">Where to.</param>
    public static void WriteTable(IEnumerable<CaseOutcome> outcomes, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine("suite\tcase\tform\tkind\tverdict\tdetail");
        foreach (var one in outcomes)
            writer.WriteLine($"{one.Case.Suite}\t{one.Case.Name}\t{one.Form}\t{one.Case.Kind}\t{one.Verdict}\t{OneLine(one.Detail)}");
    }

    /// <summary>Writes what failed and what is unsupported, then the counts of each form and of all.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="writer">Where to.</param>
    public static void WriteSummary(IReadOnlyList<CaseOutcome> outcomes, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var one in outcomes.Where(one => one.Verdict != Verdict.Passed))
            writer.WriteLine($"{Word(one.Verdict)} {one.Case.Id} ({one.Form}): {OneLine(one.Detail)}");
        foreach (var one in outcomes.Where(one => one.Verdict == Verdict.Passed && one.Detail is not null))
            writer.WriteLine($"note {one.Case.Id} ({one.Form}): {OneLine(one.Detail)}");
        foreach (var form in outcomes.GroupBy(one => one.Form)) writer.WriteLine($"{form.Key}: {Counts([.. form])}");
        writer.WriteLine(Counts(outcomes));
    }

    /// <summary>Says why a run is no success although nothing failed: nobody knows what is expected of some cases, or no case was judged at all.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <returns>The sentence; null if there is nothing to say.</returns>
    public static string? Unjudged(IReadOnlyList<CaseOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var unknown = outcomes.Count(one => one.Case.Kind == CaseKind.Unknown);
        if (unknown > 0) return $"{unknown} of {outcomes.Count} cases were not judged: nothing says what is expected of them; is an index.tsv missing?";
        return outcomes.Count > 0 && outcomes.All(one => one.Verdict == Verdict.Unsupported) ? "no case was judged: all ask for what is not supported" : null;
    }

    private static string Counts(IReadOnlyList<CaseOutcome> outcomes) => string.Join(", ", Enum.GetValues<Verdict>()
        .Select(verdict => $"{outcomes.Count(one => one.Verdict == verdict)} {Word(verdict)}"));

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string? OneLine(string? text) => text?.ReplaceLineEndings(" ").Replace('\t', ' ');
}
