namespace Provisioning.Xacml.Testing;

/// <summary>Supplies the attributes that a case lists in its pip.tsv.</summary>
internal sealed class ListedAttributes : IAttributeProvider
{
    private readonly List<(string Category, string AttributeId, string DataType, string Issuer, string Value)> _rows;

    private ListedAttributes(IEnumerable<string> lines) => _rows =
        [.. lines.Skip(1).Select(line => line.Split('\t')).Where(row => row.Length == 5).Select(row => (row[0], row[1], row[2], row[3], row[4]))];

    public static IReadOnlyList<IAttributeProvider> Of(ConformanceCase one) =>
        one.Has("pip.tsv", out var file) ? [new ListedAttributes(File.ReadAllLines(file))] : [];

    public Bag? Find(AttributeQuery query)
    {
        var builder = new XacmlRequestBuilder();
        foreach (var row in _rows.Where(row => row.Issuer == (query.Issuer ?? row.Issuer)))
            builder.Add(row.Category, row.AttributeId, row.DataType, row.Value);
        return builder.Build().Find(query.Category, query.AttributeId, query.DataType);
    }
}
