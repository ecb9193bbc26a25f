using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Provisioning.Http;

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
        var problems = RestOperations.Of(settings).SelectMany(Problems)
            .Concat(settings.Headers.SelectMany(header => UnknownIn($"headers.{header.Key}", [header.Value], RestOperations.Always, attributes: false)))
            .Concat(UnsendableIn("headers", settings.Headers))
            .ToList();
        if (problems.Count > 0)
            throw new ConnectorException(FailureKind.Misconfigured, string.Join("; ", problems));
    }

    private static IEnumerable<string> Problems(NamedOperation found)
    {
        var (name, operation) = (found.Name, found.Operation);
        foreach (var problem in UnknownIn(name, Texts(operation), found.Names, found.HasAttributes))
            yield return problem;
        if (operation.Path.Contains("://", StringComparison.Ordinal))
            yield return $"the path of '{name}' must be relative to 'baseUrl'";
        if (operation.Path.Count(c => c == '{') != operation.Path.Count(c => c == '}'))
            yield return $"the path of '{name}' has braces that do not close";
        if (operation is { NextCursor: not null } && !Names(operation).Contains(Rest.Names.Cursor))
            yield return $"'{name}' has 'nextCursor' but nowhere to put '{Rest.Names.Cursor}'";
        if (operation.Answers.Any(rule => rule is { Status: null, Path: null, Equal: null, Contains: null }))
            yield return $"'{name}' has a rule for answers without a condition";
        if (!MediaTypeHeaderValue.TryParse(operation.ContentType, out _))
            yield return $"'{name}' has the contentType '{operation.ContentType}', which is none";
        foreach (var problem in UnsendableIn(name, operation.Headers))
            yield return problem;
    }

    private static IEnumerable<string> UnsendableIn(string place, IReadOnlyDictionary<string, string> headers)
    {
        foreach (var (name, value) in headers)
        {
            if (!HeaderText.IsName(name))
                yield return $"'{place}' has the header '{name}', whose name is none";
            if (!HeaderText.IsValue(Template.Constants(value)))
                yield return $"the header '{name}' of '{place}' has characters that no header takes";
        }
    }

    // A name that is always empty would silently send nothing, or erase what is there.
    private static IEnumerable<string> UnknownIn(string place, IEnumerable<string> texts, IReadOnlyCollection<string> known, bool attributes)
    {
        var all = texts.ToList();
        foreach (var path in all.SelectMany(Template.Names).Distinct(StringComparer.Ordinal))
        {
            if (path.StartsWith('$') && !known.Contains(path.Split('.')[0]))
                yield return $"'{place}' uses '{path}', which it does not have; it has {string.Join(", ", known)}";
            else if (!path.StartsWith('$') && !attributes)
                yield return $"'{place}' uses the attribute '{path}', but it has no attributes; it has {string.Join(", ", known)}";
        }

        foreach (var text in all.Where(Template.HasBrokenTemplate))
            yield return $"'{place}' has a template that cannot be read: '{text}'";
    }

    private static IEnumerable<string> Texts(RestOperation operation) =>
        [operation.Path, .. operation.Headers.Values, .. Template.Texts(operation.Body)];
}
