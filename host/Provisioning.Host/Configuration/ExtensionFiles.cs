using Provisioning.Core.Configuration;
using Provisioning.Scim;

namespace Provisioning.Host.Configuration;

/// <summary>Reads the schema extensions of users, <c>schemas/*.json</c> of the configuration folder.</summary>
internal static class ExtensionFiles
{
    private static readonly Dictionary<string, ScimType> Types = new(StringComparer.Ordinal)
    {
        ["string"] = ScimType.Text, ["boolean"] = ScimType.Flag, ["integer"] = ScimType.WholeNumber, ["decimal"] = ScimType.Number, ["dateTime"] = ScimType.Moment,
        ["reference"] = ScimType.Reference, ["binary"] = ScimType.Binary, ["complex"] = ScimType.Complex,
    };

    /// <returns>The enterprise extension and those of the folder. Of one with a mistake, nothing.</returns>
    public static IReadOnlyList<ResourceSchema> Read(string folder, List<ConfigurationProblem> problems)
    {
        var extensions = new List<ResourceSchema> { StandardSchemas.EnterpriseUser };
        foreach (var (file, schema) in ConfigurationFiles.Read<ExtensionSchema>(folder, ConfigurationFiles.Schemas, problems, []))
        {
            var found = Examine(schema, extensions).Select(x => new ConfigurationProblem(file, x.Path, x.Message)).ToList();
            problems.AddRange(found);
            if (found.Count == 0)
                extensions.Add(new ResourceSchema(schema.Id, schema.Name.Length > 0 ? schema.Name : schema.Id, schema.Description, [.. schema.Attributes.Select(Of)]));
        }

        return extensions;
    }

    private static IEnumerable<(string Path, string Message)> Examine(ExtensionSchema schema, List<ResourceSchema> others)
    {
        if (schema.Id.Equals(ScimSchemas.User, StringComparison.OrdinalIgnoreCase) || schema.Id.Equals(ScimSchemas.Group, StringComparison.OrdinalIgnoreCase))
            yield return ("id", $"'{schema.Id}' is a core schema, which cannot be declared anew; give the extension a URN of its own");
        else if (others.FirstOrDefault(x => Overlaps(x.Id, schema.Id)) is { } other)
            yield return ("id", $"'{schema.Id}' is the schema '{other.Id}', or begins as that one does; give each extension a URN of its own");
        foreach (var problem in ExamineNames(schema.Attributes, "attributes"))
            yield return problem;
        for (var i = 0; i < schema.Attributes.Count; i++)
        {
            var attribute = schema.Attributes[i];
            var path = $"attributes[{i}].subAttributes";
            if (attribute.Type == "complex" != attribute.SubAttributes.Count > 0)
                yield return (path, attribute.Type == "complex" ? $"'{attribute.Name}' is complex, so that it needs parts" : $"'{attribute.Name}' has parts, so that its type is complex");
            for (var j = 0; j < attribute.SubAttributes.Count; j++)
                if (attribute.SubAttributes[j].Type == "complex")
                    yield return ($"{path}[{j}].type", $"'{attribute.SubAttributes[j].Name}' is a part, and no part has parts (RFC 7643, section 2.3.8)");
            foreach (var problem in ExamineNames(attribute.SubAttributes, path))
                yield return problem;
        }
    }

    private static IEnumerable<(string Path, string Message)> ExamineNames(IReadOnlyList<ExtensionPart> parts, string path)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < parts.Count; i++)
            if (!seen.Add(parts[i].Name))
                yield return ($"{path}[{i}].name", $"'{parts[i].Name}' is there twice; names are the same in any case");
    }

    // A path is the URN, ":" and the name of an attribute: no URN may be the beginning of another one there.
    private static bool Overlaps(string one, string other) =>
        (one + ":").StartsWith(other + ":", StringComparison.OrdinalIgnoreCase) || (other + ":").StartsWith(one + ":", StringComparison.OrdinalIgnoreCase);

    private static SchemaAttribute Of(ExtensionAttribute attribute) => Of((ExtensionPart)attribute) with { Parts = [.. attribute.SubAttributes.Select(Of)] };

    private static SchemaAttribute Of(ExtensionPart part) => new(part.Name, Types[part.Type])
    {
        Description = part.Description, IsList = part.MultiValued, ReferenceTypes = part.Type == "reference" ? ["external"] : [],
    };
}
