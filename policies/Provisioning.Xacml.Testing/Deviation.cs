namespace Provisioning.Xacml.Testing;

/// <summary>A published case that is not taken by its letter, and why.</summary>
/// <param name="Kind">What is asked instead.</param>
/// <param name="Decision">The decision asked for instead; empty if none is.</param>
/// <param name="StatusCode">The status code asked for instead; empty if none is.</param>
/// <param name="Why">The paragraph that the case contradicts or the choice that it leaves open.</param>
internal sealed record Deviation(CaseKind Kind, string Decision, string StatusCode, string Why)
{
    private static readonly Dictionary<string, Deviation> All = Read();

    public Answer Expected => new([AnsweredResult.Of(Decision, StatusCode, [])]);

    public static Deviation? Of(ConformanceCase one) => All.GetValueOrDefault(one.Id);

    private static Dictionary<string, Deviation> Read()
    {
        using var reader = new StreamReader(typeof(Deviation).Assembly.GetManifestResourceStream("Deviations.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))
            .ToDictionary(row => row[0], row => new Deviation(Enum.Parse<CaseKind>(row[1]), row[2], row[3], row[4]), StringComparer.Ordinal);
    }
}
