using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Rest;

/// <summary>Looks through the operations of the settings and says at once all that cannot work.</summary>
internal static class RestCheck
{
    /// <summary>The names that an operation's templates ask for, without what follows a dot after a <c>$</c> name.</summary>
    public static IReadOnlySet<string> Names(RestOperation operation) =>
        Paths(operation).Select(path => path.StartsWith('$') ? path.Split('.')[0] : path).ToHashSet(StringComparer.Ordinal);

    /// <summary>The paths that an operation's templates ask for.</summary>
    public static IEnumerable<string> Paths(RestOperation operation) => Texts(operation).SelectMany(Template.Names);

    public static void Settings(RestSettings settings)
    {
        var problems = Operations(settings).SelectMany(found => Problems(found.Name, found.Operation)).ToList();
        if (problems.Count > 0)
            throw new ConnectorException(FailureKind.Rejected, string.Join("; ", problems));
    }

    private static IEnumerable<string> Problems(string name, RestOperation operation)
    {
        foreach (var unknown in Names(operation).Where(path => !Rest.Names.IsKnown(path)))
            yield return $"'{name}' uses '{unknown}', which does not exist; what starts with '$' is not an attribute";
        if (operation.Path.Contains("://", StringComparison.Ordinal))
            yield return $"the path of '{name}' must be relative to 'baseUrl'";
        if (operation.Path.Count(c => c == '{') != operation.Path.Count(c => c == '}'))
            yield return $"the path of '{name}' has braces that do not close";
        if (operation is { NextCursor: not null } && !Names(operation).Contains(Rest.Names.Cursor))
            yield return $"'{name}' has 'nextCursor' but nowhere to put '{Rest.Names.Cursor}'";
        if (operation.Answers.Any(rule => rule is { Status: null, Path: null, Equal: null, Contains: null }))
            yield return $"'{name}' has a rule for answers without a condition";
    }

    private static IEnumerable<string> Texts(RestOperation operation) =>
        [operation.Path, .. operation.Headers.Values, .. Texts(operation.Body)];

    private static IEnumerable<string> Texts(JsonNode? template) => template switch
    {
        JsonObject document => document.SelectMany(property => Texts(property.Value)),
        JsonArray items => items.SelectMany(Texts),
        null => [],
        _ => [template.ToString()],
    };

    private static IEnumerable<(string Name, RestOperation Operation)> Operations(RestSettings settings)
    {
        var (users, groups) = (settings.Users, settings.Groups);
        (string, RestOperation?)[] all =
        [
            ("test", settings.Test), .. Common("users", users), ("users.disable", users.Disable), ("users.enable", users.Enable),
            ("users.setPassword", users.SetPassword), .. Common("groups", groups), ("groups.addMembers", groups.AddMembers),
            ("groups.removeMembers", groups.RemoveMembers), ("groups.listMembers", groups.ListMembers),
        ];
        return all.Where(found => found.Item2 is not null).Select(found => (found.Item1, found.Item2!));
    }

    private static (string, RestOperation?)[] Common(string kind, RestObjectSettings settings) =>
    [
        ($"{kind}.findByMarker", settings.FindByMarker), ($"{kind}.findByName", settings.FindByName),
        ($"{kind}.list", settings.List), ($"{kind}.create", settings.Create), ($"{kind}.update", settings.Update), ($"{kind}.delete", settings.Delete),
    ];
}
