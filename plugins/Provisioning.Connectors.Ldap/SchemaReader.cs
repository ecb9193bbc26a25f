using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap;

/// <summary>Reads which attributes the object classes of the settings allow.</summary>
internal static class SchemaReader
{
    private const string NameSyntax = "1.3.6.1.4.1.1466.115.121.1.12";

    public static IReadOnlyList<SchemaAttribute> Read(LdapSession session, EntryKind kind, LdapSettings settings, CancellationToken cancellationToken)
    {
        var schema = Entry(session, settings, cancellationToken, "objectClasses", "attributeTypes");
        var classes = ByName(schema.Attributes["objectClasses"]);
        var types = ByName(schema.Attributes["attributeTypes"]);

        var (must, may) = Allowed(classes, kind.Kind.ObjectClasses);
        var described = must.Concat(may).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !name.Equals("objectClass", StringComparison.OrdinalIgnoreCase))
            .Select(name => Describe(name, types, settings) with { Required = must.Contains(name) })
            .ToList();
        if (!described.Exists(attribute => attribute.Name.Equals(kind.Alias, StringComparison.OrdinalIgnoreCase)))
            described.Add(new SchemaAttribute(kind.Alias, SchemaType.Text) { Description = $"written to '{kind.Kind.NameAttribute}'" });
        if (kind.Kind.ParentAttribute is { } parent)
            described.Add(new SchemaAttribute(parent, SchemaType.Text) { Description = "the distinguished name of the parent" });
        return described;
    }

    /// <summary>The attributes whose values are distinguished names.</summary>
    public static HashSet<string> References(LdapSession session, LdapSettings settings, CancellationToken cancellationToken)
    {
        var types = ByName(Entry(session, settings, cancellationToken, "attributeTypes").Attributes["attributeTypes"]);
        return types.Where(type => Syntax(type.Value, types) == NameSyntax || type.Value.First("EQUALITY") == "distinguishedNameMatch")
            .Select(type => type.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static SearchResultEntry Entry(LdapSession session, LdapSettings settings, CancellationToken cancellationToken, params string[] attributes)
    {
        var at = RootDse.Values(session, "subschemaSubentry", cancellationToken) is [var told, ..] ? told : "cn=Subschema";
        var entries = session.Search(new SearchRequest(at, "(objectClass=*)", SearchScope.Base, attributes), cancellationToken);
        return entries.Count > 0 ? entries[0] : throw new ConnectorException(FailureKind.Rejected, $"'{settings.BindDn}' may not read the schema at '{at}'");
    }

    private static Dictionary<string, SchemaDefinition> ByName(DirectoryAttribute? definitions)
    {
        var byName = new Dictionary<string, SchemaDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var definition in EntryValues.Texts(definitions).Select(SchemaDefinition.Parse))
        {
            foreach (var name in definition.Names)
                byName[name] = definition;
        }

        return byName;
    }

    private static (HashSet<string> Must, HashSet<string> May) Allowed(Dictionary<string, SchemaDefinition> classes, IEnumerable<string> names)
    {
        var (must, may) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        var open = new Stack<string>(names);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (open.TryPop(out var name))
        {
            if (!seen.Add(name) || !classes.TryGetValue(name, out var definition))
                continue;
            must.UnionWith(definition["MUST"]);
            may.UnionWith(definition["MAY"]);
            foreach (var super in definition["SUP"])
                open.Push(super);
        }

        return (must, may);
    }

    private static SchemaAttribute Describe(string name, Dictionary<string, SchemaDefinition> types, LdapSettings settings)
    {
        if (!types.TryGetValue(name, out var definition))
            return new SchemaAttribute(name, SchemaType.Text);
        var binary = settings.BinaryAttributes.Contains(name, StringComparer.OrdinalIgnoreCase);
        return new SchemaAttribute(name, binary ? SchemaType.Binary : Type(Syntax(definition, types)))
        {
            MultiValued = !definition.Has("SINGLE-VALUE"),
            ReadOnly = definition.Has("NO-USER-MODIFICATION"),
            Description = definition.First("DESC"),
        };
    }

    // A type inherits its syntax, for example sn from name.
    private static string Syntax(SchemaDefinition definition, Dictionary<string, SchemaDefinition> types)
    {
        for (var depth = 0; depth < 10; depth++)
        {
            if (definition.First("SYNTAX") is { } syntax)
                return syntax.Split('{')[0];
            if (definition.First("SUP") is not { } super || !types.TryGetValue(super, out definition!))
                return "";
        }

        return "";
    }

    private static SchemaType Type(string syntax) => syntax switch
    {
        "1.3.6.1.4.1.1466.115.121.1.7" => SchemaType.Boolean,
        "1.3.6.1.4.1.1466.115.121.1.27" or "1.2.840.113556.1.4.906" => SchemaType.Number,
        "1.3.6.1.4.1.1466.115.121.1.24" or "1.3.6.1.4.1.1466.115.121.1.53" => SchemaType.DateTime,
        "1.3.6.1.4.1.1466.115.121.1.5" or "1.3.6.1.4.1.1466.115.121.1.8" or "1.3.6.1.4.1.1466.115.121.1.28" => SchemaType.Binary,
        _ => SchemaType.Text,
    };
}
