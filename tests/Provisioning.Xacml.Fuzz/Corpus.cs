namespace Provisioning.Xacml.Fuzz;

/// <summary>A policy and a request that belong together: what mutations start from.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Xml">The request as XML.</param>
/// <param name="Json">The request as JSON; null if there is none.</param>
internal sealed record Sample(string Name, byte[] Policy, byte[] Xml, byte[]? Json);

/// <summary>Collects samples.</summary>
internal static class Corpus
{
    /// <summary>The samples below folders of conformance cases and of policies with cases.</summary>
    public static IReadOnlyList<Sample> Read(params IEnumerable<string> folders) =>
        [.. folders.Where(Directory.Exists).SelectMany(folder => Cases(folder).Concat(Rules(folder))).SelectMany(WithPlain)];

    private static IEnumerable<Sample> WithPlain(Sample sample) => PlainSample.Of(sample) is { } plain ? [sample, plain] : [sample];

    private static IEnumerable<Sample> Cases(string folder) =>
        from policy in Directory.EnumerateFiles(folder, "Policy.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let place = Path.GetDirectoryName(policy)!
        let request = Path.Combine(place, "Request.xml")
        let json = Path.Combine(place, "Request.json")
        where File.Exists(request)
        select new Sample(place, File.ReadAllBytes(policy), File.ReadAllBytes(request), File.Exists(json) ? File.ReadAllBytes(json) : null);

    // cases/<rule>/<case> beside <rule>.xml.
    private static IEnumerable<Sample> Rules(string folder) =>
        from request in Directory.EnumerateFiles(folder, "Request.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let place = Path.GetDirectoryName(request)!
        let suite = Path.GetDirectoryName(place)!
        let policy = Path.Combine(suite, "..", "..", Path.GetFileName(suite) + ".xml")
        where File.Exists(policy)
        select new Sample(place, File.ReadAllBytes(policy), File.ReadAllBytes(request), null);
}
