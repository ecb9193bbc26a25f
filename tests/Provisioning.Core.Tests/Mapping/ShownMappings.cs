using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Core.Tests.Mapping;

/// <summary>All mappings and expressions in the documents and configurations of the repository.</summary>
internal static partial class ShownMappings
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", "node_modules"];

    public static IEnumerable<(string Place, JsonObject Mapping)> All()
    {
        var root = Root();
        foreach (var file in Files(root).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, file).Replace('\\', '/');
            var text = File.ReadAllText(file);
            var found = file.EndsWith(".md", StringComparison.Ordinal) ? InMarkdown(text) : In(Parse(text));
            foreach (var (mapping, number) in found.Select((x, i) => (x, i)))
                yield return ($"{name} ({number})", mapping);
        }
    }

    private static IEnumerable<JsonObject> InMarkdown(string text)
    {
        foreach (Match block in Block().Matches(text))
            foreach (var mapping in In(Parse(block.Groups[1].Value) ?? Parse($"{{{block.Groups[1].Value}}}")))
                yield return mapping;
        foreach (Match code in Code().Matches(Block().Replace(text, "")))
        {
            var (rule, shown) = (Parse($"{{{code.Groups[1].Value}}}") as JsonObject, code.Groups[1].Value);
            if (rule is { Count: 1 } && rule.First().Value is JsonValue value && value.GetValueKind() == JsonValueKind.String && Expression().IsMatch(value.ToString()))
                yield return rule;
            else if (Expression().IsMatch(shown) && shown.AsSpan().ContainsAny("([+ "))
                yield return new JsonObject { ["shown"] = shown };
        }
    }

    private static IEnumerable<JsonObject> In(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject complex:
                foreach (var (name, value) in complex)
                    if (name == "mapping" && value is JsonObject mapping)
                        yield return mapping;
                    else
                        foreach (var inner in In(value))
                            yield return inner;
                break;
            case JsonArray list:
                foreach (var inner in list.SelectMany(In))
                    yield return inner;
                break;
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(x => Path.GetExtension(x) is ".md" or ".json" or ".jsonc")
        .Concat(Directory.EnumerateDirectories(folder).Where(x => !Skipped.Contains(Path.GetFileName(x))).SelectMany(Files));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Provisioning.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("there is no Provisioning.sln above the tests");
        return folder;
    }

    [GeneratedRegex("^ *```json[c5]?\\s*\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("""(^|[^\w.:/-])user(\.[A-Za-z]+|\[['"]urn:)""")]
    private static partial Regex Expression();
}
