namespace Provisioning.Connectors.Rest;

/// <summary>The attributes that templates write or that the shape of an object names.</summary>
internal static class RestSchema
{
    public static IReadOnlyList<SchemaAttribute> Of(RestObjectSettings settings)
    {
        var written = new[] { settings.Create, settings.Update }.OfType<RestOperation>().SelectMany(Paths).ToList();
        var read = settings.Object.Attributes.Keys;
        // A template with all attributes writes whatever is mapped.
        var writesAll = written.Contains("");
        return
        [
            .. written.Concat(read).Where(path => path.Length > 0).GroupBy(Top, StringComparer.OrdinalIgnoreCase).Select(group =>
                new SchemaAttribute(group.Key, group.Any(path => path.Length > group.Key.Length) ? SchemaType.Complex : SchemaType.Text)
                {
                    ReadOnly = !writesAll && !written.Exists(path => Top(path).Equals(group.Key, StringComparison.OrdinalIgnoreCase)),
                }),
        ];
    }

    private static IEnumerable<string> Paths(RestOperation operation) => RestCheck.Paths(operation).Select(path => path switch
    {
        Names.Attributes or Names.Changes => "",
        _ when path.StartsWith(Names.Attributes + ".", StringComparison.Ordinal) => path[(Names.Attributes.Length + 1)..],
        _ when path.StartsWith(Names.Changes + ".", StringComparison.Ordinal) => path[(Names.Changes.Length + 1)..],
        _ => path,
    }).Where(path => !path.StartsWith('$'));

    private static string Top(string path) => path.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? path : path.Split('.')[0];
}
