using Provisioning.Scim;
using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>The attributes of users that the standard schemas define, as paths of policies, and what a path that is none of them was meant to be.</summary>
internal static class UserSchema
{
    public const string Enterprise = ScimSchemas.EnterpriseUser;

    private static readonly IReadOnlyList<SchemaAttribute> All =
        [new("id", ScimType.Text), .. StandardSchemas.User.Attributes, .. StandardSchemas.EnterpriseUser.Attributes];

    // The groups of a user are their names; references to resources say nothing to a policy.
    private static readonly Dictionary<string, string[]> Parts = All.ToDictionary(
        x => x.Name, x => x.IsReadOnly ? [] : x.Parts.Select(y => y.Name).Where(y => y != "$ref").ToArray(), StringComparer.Ordinal);

    private static readonly HashSet<string> Lists = [.. All.Where(x => x.IsList).Select(x => x.Name)];

    private static readonly HashSet<string> OfExtension = [.. StandardSchemas.EnterpriseUser.Attributes.Select(x => x.Name)];

    /// <summary>The paths that name a value, each with whether a user has at most one of it.</summary>
    public static IEnumerable<(string Path, DataType Type, bool IsSingle)> Paths()
    {
        foreach (var (name, parts) in Parts)
        {
            var isSingle = !Lists.Contains(name);
            // The attributes of an extension may come with other extensions, too.
            if (HasValue(name)) yield return (name, TypeOf(name), isSingle && !OfExtension.Contains(name));
            foreach (var part in parts) yield return ($"{name}.{part}", TypeOf(part), isSingle && name == "name");
        }
    }

    /// <summary>Judges a path that a policy or a mapping uses. Null if users may have it in an extension of the schema, so that nothing can be said about it.</summary>
    public static AttributeVerdict? Judge(string text)
    {
        UserPath path;
        try
        {
            path = UserPath.Parse(text);
        }
        catch (ScimException error)
        {
            return new(null, $": '{text}' is no path of SCIM, {error.Message}");
        }

        if (UserPath.IsExtension(text)) return text.StartsWith(Enterprise + ":", StringComparison.OrdinalIgnoreCase) ? OfEnterprise(text[(Enterprise.Length + 1)..]) : null;
        var name = path.Names[0];
        if (!Parts.TryGetValue(name, out var parts)) return PartOf(name, path.Names.Count);
        if (path.Filtered > 0 && !Lists.Contains(name)) return new(null, $": users have one {name}, so that there is nothing to filter");
        if (path.Names.Count == 1) return HasValue(name) ? new(TypeOf(name)) : new(null, $": '{name}' has parts, such as {Meant($"{name}.{parts[0]}")}");
        if (path.Names.Count == 2 && parts.Contains(path.Names[1])) return new(TypeOf(path.Names[1]));
        return new(null);
    }

    private static AttributeVerdict OfEnterprise(string rest) => Judge(rest.Replace(':', '.')) ?? new(null, ": the enterprise extension has no such attribute");

    // Perhaps the name of a part without that of its attribute; perhaps an attribute of an extension.
    private static AttributeVerdict? PartOf(string name, int depth)
    {
        var owners = Parts.Where(one => one.Value.Contains(name)).Select(one => Meant($"{one.Key}.{name}")).ToList();
        return depth == 1 && owners.Count is (1 or 2) ? new(null, $"; did you mean {string.Join(" or ", owners)}?") : null;
    }

    private static string Meant(string path) => $"'{AccessRequest.User}:{path}'";

    private static bool HasValue(string name) => Parts[name].Length == 0 || (Parts[name][0] == "value" && Lists.Contains(name));

    private static DataType TypeOf(string name) => name is "active" or "primary" ? DataType.Boolean : DataType.String;
}
