namespace Provisioning.Scim;

/// <summary>The path of a patch operation: <c>attribute</c>, <c>attribute.sub</c> or <c>attribute[filter].sub</c>.</summary>
internal sealed record PatchPath(string? Urn, string Name, FilterNode? Filter, string? Sub)
{
    private const int MaximumLength = 8 * 1024;

    public bool IsExtension => Urn is null && Name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);

    public static PatchPath Parse(string text)
    {
        text = text.Trim();
        if (text.Length > MaximumLength)
            throw Invalid("the path is too long");
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            var plain = AttributePath.TryParse(text) ?? throw Invalid($"'{Short(text)}' is not a path");
            return new PatchPath(plain.Urn, plain.Name, null, plain.Sub);
        }

        var attribute = AttributePath.TryParse(text[..open]);
        var close = text.LastIndexOf(']');
        if (attribute is not { Sub: null } || close < open)
            throw Invalid($"'{Short(text)}' is not a path");
        string? sub = null;
        if (close < text.Length - 1)
        {
            sub = text[(close + 1)..];
            if (sub[0] != '.' || !AttributePath.IsName(sub = sub[1..]))
                throw Invalid($"'{Short(text)}' is not a path");
        }

        return new PatchPath(attribute.Urn, attribute.Name, FilterParser.Parse(text[(open + 1)..close], attribute.Name), sub);
    }

    private static string Short(string text) => text.Length <= 100 ? text : text[..100];

    private static ScimException Invalid(string detail) => new(400, "invalidPath", detail);
}
