namespace Provisioning.Xacml.Testing;

/// <summary>A published case that is not taken by its letter, and why.</summary>
/// <param name="Kind">What is asked instead.</param>
/// <param name="Decision">The decision asked for instead; empty if none is.</param>
/// <param name="StatusCode">The status code asked for instead; empty if none is.</param>
/// <param name="Part">What the answer has beyond the published response; empty if that is all there is.</param>
/// <param name="Why">The paragraph that the case contradicts or the choice that it leaves open.</param>
internal sealed record Deviation(CaseKind Kind, string Decision, string StatusCode, string Part, string Why)
{
    private static readonly Dictionary<string, Deviation> All = Read();

    /// <summary>What is expected instead of the published answer.</summary>
    /// <param name="published">Reads the published answer.</param>
    public Answer Expected(Func<Answer> published) => Decision.Length > 0 ? new([AnsweredResult.Of(Decision, StatusCode, [])])
        : new([.. published().Results.Select(result => AnsweredResult.Of(result.Decision, result.StatusCode, result.Parts.Append(Part)))]);

    public static Deviation? Of(ConformanceCase one) => All.GetValueOrDefault(one.Id);

    private static Dictionary<string, Deviation> Read()
    {
        using var reader = new StreamReader(typeof(Deviation).Assembly.GetManifestResourceStream("Deviations.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))
            .ToDictionary(row => row[0], row => new Deviation(Enum.Parse<CaseKind>(row[1]), row[2], row[3], row[4], row[5]), StringComparer.Ordinal);
    }
}
