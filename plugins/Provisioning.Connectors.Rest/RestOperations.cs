namespace Provisioning.Connectors.Rest;

/// <summary>An operation of the settings, with the values that its templates have.</summary>
/// <param name="Name">Where it is in the settings.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Names">The values beside attributes.</param>
/// <param name="HasAttributes">Whether it has the attributes of the object.</param>
internal sealed record NamedOperation(string Name, RestOperation Operation, IReadOnlyCollection<string> Names, bool HasAttributes);

/// <summary>All operations of the settings.</summary>
internal static class RestOperations
{
    /// <summary>What every operation has.</summary>
    public static readonly IReadOnlyCollection<string> Always = [Names.OperationId];

    public static IEnumerable<NamedOperation> Of(RestSettings settings)
    {
        var (users, groups) = (settings.Users, settings.Groups);
        NamedOperation?[] all =
        [
            Plain("test", settings.Test),
            .. Common("users", users, [Names.RandomPassword]),
            Plain("users.disable", users.Disable, Names.Id, Names.Enabled),
            Plain("users.enable", users.Enable, Names.Id, Names.Enabled),
            Plain("users.setPassword", users.SetPassword, Names.Id, Names.Password),
            .. Common("groups", groups, [Names.Members]),
            Plain("groups.addMembers", groups.AddMembers, Names.Id, Names.Member, Names.Members),
            Plain("groups.removeMembers", groups.RemoveMembers, Names.Id, Names.Member, Names.Members),
            Plain("groups.listMembers", groups.ListMembers, Names.Id, Names.Limit, Names.Page, Names.Offset, Names.Cursor),
        ];
        return all.OfType<NamedOperation>();
    }

    private static IEnumerable<NamedOperation?> Common(string kind, RestObjectSettings settings, string[] ofCreation) =>
    [
        Plain($"{kind}.findByMarker", settings.FindByMarker, Names.Marker, Names.Name),
        Plain($"{kind}.findByName", settings.FindByName, Names.Marker, Names.Name),
        Plain($"{kind}.list", settings.List, Names.Limit, Names.Page, Names.Offset, Names.Cursor),
        Whole($"{kind}.create", settings.Create, [Names.Attributes, Names.Marker, Names.Enabled, .. ofCreation]),
        Whole($"{kind}.update", settings.Update, [Names.Attributes, Names.Changes, Names.Id, Names.Marker, Names.Enabled]),
        Plain($"{kind}.setMarker", settings.SetMarker, Names.Id, Names.Marker),
        Plain($"{kind}.delete", settings.Delete, Names.Id),
    ];

    private static NamedOperation? Plain(string name, RestOperation? operation, params string[] names) =>
        operation is null ? null : new NamedOperation(name, operation, [.. names, .. Always], HasAttributes: false);

    private static NamedOperation? Whole(string name, RestOperation? operation, string[] names) =>
        operation is null ? null : new NamedOperation(name, operation, [.. names, .. Always], HasAttributes: true);
}
