using Provisioning.Core.Mapping;
using Provisioning.Scim;
using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>What the requests of this host have, so that policies can be checked against it before anybody depends on them.</summary>
public static class HostAttributes
{
    private const string Environment = "urn:oasis:names:tc:xacml:1.0:environment:";

    private const string ServiceProviderName = "urn:provisioning:service-provider:name";
    private const string IdentityProviderName = "urn:provisioning:identity-provider:name";

    private static readonly string[] Enterprise =
        ["employeeNumber", "costCenter", "organization", "division", "department", "manager:value", "manager:displayName", "manager.value", "manager.displayName"];

    private static readonly string[] Wso2Claims =
    [
        "username", "givenname", "lastname", "displayName", "title", "externalid", "preferredLanguage", "nickname", "timeZone", "userType", "url",
        "emailaddress", "roles", "role", "employeeNumber", "costCenter", "organization", "division", "department",
    ];

    /// <summary>Everything that <see cref="AccessRequest"/> can put in a request. Users have more where their schema is extended, and other
    /// applications that ask our policies bring subjects, resources and circumstances of their own.</summary>
    public static AttributeCatalog Catalog { get; } = new(
        [.. OfUsers(), .. OfTheRequest(), .. OfWso2(), .. OfTime()],
        [
            AccessRequest.User, Wso2Vocabulary.User, Categories.AccessSubject, Categories.Resource, Categories.Action, Categories.Environment,
        ])
    {
        Judge = static (category, id) => category == AccessRequest.User && id.StartsWith(AccessRequest.User + ":", StringComparison.Ordinal)
            ? UserSchema.Judge(id[(AccessRequest.User.Length + 1)..]) : null,
    };

    /// <summary>The catalog with the names and the schema extensions that a configuration has.</summary>
    public static AttributeCatalog CatalogOf(IEnumerable<string> serviceProviders, IEnumerable<string> identityProviders, IReadOnlyList<ResourceSchema>? extensions = null)
    {
        // The catalog has the attributes of the enterprise extension already.
        IReadOnlyList<ResourceSchema> further = [.. (extensions ?? []).Where(x => x != StandardSchemas.EnterpriseUser)];
        var names = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal)
        {
            [ServiceProviderName] = [.. serviceProviders], [$"{Wso2Vocabulary.Sp}/sp-name"] = [.. serviceProviders],
            [IdentityProviderName] = [.. identityProviders], [$"{Wso2Vocabulary.Idp}/idp-name"] = [.. identityProviders],
        };
        return new(
            Catalog.Attributes.Select(x => x with { Values = names.GetValueOrDefault(x.AttributeId) }).Concat(further.SelectMany(OfExtension)), Catalog.OpenCategories)
        {
            Judge = (category, id) => category == AccessRequest.User && further.FirstOrDefault(x => id.StartsWith(PathOf(x), StringComparison.OrdinalIgnoreCase)) is { } extension
                ? JudgeExtension(extension, id[PathOf(extension).Length..]) : Catalog.Judge!(category, id),
        };
    }

    private static IEnumerable<KnownAttribute> OfUsers()
    {
        foreach (var (path, type, isSingle) in UserSchema.Paths())
            yield return new(AccessRequest.User, $"{AccessRequest.User}:{path}", type, isSingle);
        foreach (var path in Enterprise)
            yield return Text(AccessRequest.User, $"{AccessRequest.User}:{UserSchema.Enterprise}:{path}");
    }

    private static string PathOf(ResourceSchema extension) => $"{AccessRequest.User}:{extension.Id}:";

    private static AttributeVerdict? JudgeExtension(ResourceSchema extension, string path)
    {
        var names = path.Split('.', ':');
        var attribute = extension.Find(names[0]);
        if (attribute is { Type: ScimType.Number } || (names.Length > 1 && attribute?.Find(names[1]) is { Type: ScimType.Number }))
            return null;
        var known = attribute is null || names.Length == 1 ? extension.Attributes : attribute.Parts;
        return new(null, $": the extension '{extension.Id}' has no such attribute{Spelling.Hint(names[attribute is null ? 0 : ^1], known.Select(x => x.Name))}");
    }

    private static IEnumerable<KnownAttribute> OfExtension(ResourceSchema extension)
    {
        foreach (var attribute in extension.Attributes.Where(x => x.Type != ScimType.Number))
        {
            var path = $"{AccessRequest.User}:{extension.Id}:{attribute.Name}";
            if (attribute.Parts.Count == 0 || attribute.HasValue)
                yield return new(AccessRequest.User, path, TypeOf(attribute.Find("value") ?? attribute, attribute.IsList), !attribute.IsList);
            foreach (var part in attribute.Parts.Where(x => x.Type != ScimType.Number))
                yield return new(AccessRequest.User, $"{path}.{part.Name}", TypeOf(part, part.IsList), !attribute.IsList && !part.IsList);
        }
    }

    // A moment and every element of a list are texts in a request. A decimal number is an integer or a text, as it comes: of these nothing is said.
    private static DataType TypeOf(SchemaAttribute attribute, bool isList) => attribute.Type switch
    {
        ScimType.Flag when !isList => DataType.Boolean,
        ScimType.WholeNumber when !isList => DataType.Integer,
        _ => DataType.String,
    };

    private static IEnumerable<KnownAttribute> OfTheRequest() =>
    [
        Text("urn:provisioning:service-provider", ServiceProviderName, isSingle: true),
        Text("urn:provisioning:identity-provider", IdentityProviderName, isSingle: true),
        Text("urn:provisioning:identity-provider", "urn:provisioning:identity-provider:connector", isSingle: true),
        Text(Categories.Action, "urn:oasis:names:tc:xacml:1.0:action:action-id", isSingle: true),
        Text(Categories.Action, "urn:provisioning:operation", isSingle: true),
        Text(Categories.AccessSubject, "urn:oasis:names:tc:xacml:1.0:subject:subject-id"),
        Text(Categories.AccessSubject, "urn:provisioning:subject:type"),
        Text(Categories.Resource, "urn:oasis:names:tc:xacml:1.0:resource:resource-id"),
        Text(Categories.Resource, "urn:provisioning:resource:type"),
    ];

    private static IEnumerable<KnownAttribute> OfWso2()
    {
        yield return Text(Wso2Vocabulary.User, $"{Wso2Vocabulary.User}/user-tenant-domain", isSingle: true);
        yield return Text(Wso2Vocabulary.User, $"{Wso2Vocabulary.User}/username", isSingle: true);
        foreach (var claim in Wso2Claims)
            yield return Text(Wso2Vocabulary.User, $"http://wso2.org/claims/{claim}");
        yield return Text(Wso2Vocabulary.Sp, $"{Wso2Vocabulary.Sp}/sp-name", isSingle: true);
        yield return Text(Wso2Vocabulary.Sp, "http://wso2.org/identity/auth/sp-tenant-domain", isSingle: true);
        yield return Text(Wso2Vocabulary.Idp, $"{Wso2Vocabulary.Idp}/idp-name", isSingle: true);
        yield return Text(Wso2Vocabulary.Idp, $"{Wso2Vocabulary.Idp}/connector-type", isSingle: true);
        yield return Text(Wso2Vocabulary.ActionCategory, $"{Wso2Vocabulary.ActionCategory}/action-name", isSingle: true);
        yield return Text(Wso2Vocabulary.Provisioning, $"{Wso2Vocabulary.Provisioning}/claim-group");
        yield return Text(Wso2Vocabulary.Provisioning, $"{Wso2Vocabulary.Provisioning}/provision-operation", isSingle: true);
        yield return Text(Categories.Environment, Environment + "environment-id", isSingle: true);
    }

    // As the standard has it, and as the text that WSO2 sends.
    private static IEnumerable<KnownAttribute> OfTime()
    {
        foreach (var (name, type) in new (string, DataType)[] { ("current-time", DataType.Time), ("current-date", DataType.Date), ("current-dateTime", DataType.DateTime) })
        {
            yield return new(Categories.Environment, Environment + name, type, IsSingle: true);
            yield return Text(Categories.Environment, Environment + name, isSingle: true);
        }
    }

    private static KnownAttribute Text(string category, string attributeId, bool isSingle = false) =>
        new(category, attributeId, DataType.String, isSingle);
}
