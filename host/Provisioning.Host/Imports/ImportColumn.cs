using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;
using Provisioning.Scim;

namespace Provisioning.Host.Imports;

/// <summary>A column of a CSV file: the path of an attribute, and how a cell becomes its value.</summary>
/// <param name="Container">The extension that the attribute is in; null for the core schema.</param>
/// <param name="Name">The attribute, or a path with a filter.</param>
/// <param name="Part">The part of the attribute; null for the whole.</param>
internal sealed record ImportColumn(string? Container, string Name, string? Part, ImportColumnKind Kind)
{
    private const StringSplitOptions Separated = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private static readonly string[] Known =
    [
        .. StandardSchemas.User.Attributes.Where(x => !x.IsReadOnly).SelectMany(PathsOf),
        .. StandardSchemas.EnterpriseUser.Attributes.SelectMany(PathsOf),
    ];

    /// <exception cref="FormatException">There is no such attribute, or a cell cannot give it.</exception>
    public static ImportColumn Parse(string header)
    {
        var name = header.Trim();
        if (name.Contains('[', StringComparison.Ordinal))
            return Filtered(name);
        if (name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            return OfExtension(name);
        if (name.Equals("password", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("column 'password' cannot be imported: passwords are not kept");
        var (first, part) = Split(name);
        return StandardSchemas.User.Find(first) is { } core ? Of(null, core, part, name)
            : StandardSchemas.EnterpriseUser.Find(first) is { } enterprise ? Of(ScimSchemas.EnterpriseUser, enterprise, part, name)
            : throw Unknown(name);
    }

    /// <summary>An empty cell takes away what the user has there.</summary>
    /// <exception cref="FormatException">The cell has a wrong type.</exception>
    public void Set(JsonObject user, string cell)
    {
        JsonNode? value = cell.Length == 0 ? null : Kind switch
        {
            ImportColumnKind.Flag => bool.TryParse(cell, out var flag) ? flag : throw new FormatException($"'{Name}' is '{cell}'; it must be true or false"),
            ImportColumnKind.List => new JsonArray([.. cell.Split(';', Separated).Select(x => new JsonObject { ["value"] = x })]),
            _ => cell,
        };
        var target = Container is null ? user : Child(user, Container);
        if (Part is null)
            target[Name] = value;
        else
            Child(target, Name)[Part] = value;
    }

    private static ImportColumn Of(string? container, SchemaAttribute attribute, string? part, string header)
    {
        if (attribute.IsReadOnly)
            throw new FormatException($"column '{header}' cannot be imported: the host itself writes it");
        if (attribute.IsList)
            return attribute.HasValue && part is null or "value"
                ? new ImportColumn(container, attribute.Name, null, ImportColumnKind.List)
                : throw new FormatException($"column '{header}' is a list; name the entry, as in {attribute.Name}[type eq \"work\"].{Example(attribute, part)}");
        if (attribute.Parts.Count == 0)
            return part is null
                ? new ImportColumn(container, attribute.Name, null, attribute.Type == ScimType.Flag ? ImportColumnKind.Flag : ImportColumnKind.Text)
                : throw new FormatException($"column '{header}': '{attribute.Name}' has no parts");
        if (part is null)
            return attribute.HasValue
                ? new ImportColumn(container, attribute.Name, "value", ImportColumnKind.Text)
                : throw new FormatException($"column '{header}' has parts; name one of them, as in {attribute.Name}.{attribute.Parts[0].Name}");
        return attribute.Find(part) is { } known ? new ImportColumn(container, attribute.Name, known.Name, ImportColumnKind.Text) : throw Unknown(header);
    }

    // Other extensions may have any attributes.
    private static ImportColumn OfExtension(string header)
    {
        var enterprise = ScimSchemas.EnterpriseUser + ":";
        var core = ScimSchemas.User + ":";
        if (header.StartsWith(core, StringComparison.OrdinalIgnoreCase))
            return Parse(header[core.Length..]);
        if (header.StartsWith(enterprise, StringComparison.OrdinalIgnoreCase))
        {
            var (first, part) = Split(header[enterprise.Length..]);
            return StandardSchemas.EnterpriseUser.Find(first) is { } known ? Of(ScimSchemas.EnterpriseUser, known, part, header) : throw Unknown(header);
        }

        var colon = header.LastIndexOf(':');
        var (attribute, sub) = Split(header[(colon + 1)..]);
        return colon > 3 && attribute.Length > 0
            ? new ImportColumn(header[..colon], attribute, sub, ImportColumnKind.Text)
            : throw new FormatException($"column '{header}' names no attribute; write the URN of the extension, ':' and the attribute");
    }

    private static ImportColumn Filtered(string header)
    {
        var (open, close) = (header.IndexOf('[', StringComparison.Ordinal), header.LastIndexOf("].", StringComparison.Ordinal));
        var attribute = StandardSchemas.User.Find(header[..open]);
        if (attribute is not { IsList: true } || close < open || attribute.Find(header[(close + 2)..]) is not { } part)
            throw Unknown(header);
        try
        {
            ScimFilter.Parse(header[(open + 1)..close]);
        }
        catch (ScimException exception)
        {
            throw new FormatException($"column '{header}': {exception.Message}");
        }

        return new ImportColumn(null, $"{attribute.Name}{header[open..(close + 1)]}.{part.Name}", null, ImportColumnKind.Text);
    }

    private static FormatException Unknown(string header) => new($"there is no attribute '{header}'{Spelling.Hint(header, Known)}");

    private static string Example(SchemaAttribute attribute, string? part) =>
        part ?? (attribute.HasValue ? "value" : attribute.Parts.First(x => x.Name is not ("type" or "primary")).Name);

    private static IEnumerable<string> PathsOf(SchemaAttribute attribute) =>
        attribute.Parts.Count == 0 || attribute.HasValue ? [attribute.Name] : attribute.IsList ? [] : attribute.Parts.Select(x => $"{attribute.Name}.{x.Name}");

    private static (string Name, string? Part) Split(string path) =>
        path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (path[..dot], path[(dot + 1)..]) : (path, null);

    private static JsonObject Child(JsonObject user, string name)
    {
        if (user[name] is not JsonObject child)
            user[name] = child = [];
        return child;
    }
}
