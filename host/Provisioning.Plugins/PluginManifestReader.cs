using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Plugins;

/// <summary>Strict: an unknown property is a typing error that would otherwise go unnoticed.</summary>
internal sealed partial class PluginManifestReader
{
    private static readonly string[] Known = ["$schema", "id", "version", "contract", "entryAssembly", "connectors", "publisher", "files"];

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public PluginManifest? Read(string json)
    {
        if (Parse(json) is not { } root)
            return null;
        foreach (var (name, _) in root)
            if (!Known.Contains(name))
                _problems.Add($"unknown property '{name}'");

        var id = Text(root, "id", Id(), "lower-case letters, digits, dots and dashes");
        var version = Text(root, "version", Version(), "a version such as 1.2.0");
        var contract = ContractRange.TryParse(Text(root, "contract", Contract(), "a version such as 1.0 or a range such as 1.0-1.3"));
        var entry = Text(root, "entryAssembly", DllFile(), "a file in the plugin's folder that ends in .dll");
        var connectors = Connectors(root["connectors"]);
        var publisher = root["publisher"] is null ? null : Text(root, "publisher", Publisher(), "a name of up to 64 characters");
        var files = Files(root["files"]);
        if (contract is null && _problems.Count == 0)
            _problems.Add($"'contract' is '{root["contract"]}', which ends before it begins or spans two major versions");
        return _problems.Count > 0 ? null : new(id, version, contract!, entry, connectors, publisher, files);
    }

    private JsonObject? Parse(string json)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: Lenient) is JsonObject root)
                return root;
            _problems.Add("must be a JSON object");
        }
        catch (JsonException exception)
        {
            _problems.Add($"line {exception.LineNumber + 1}: no valid JSON: {exception.Message}");
        }

        return null;
    }

    private string Text(JsonObject root, string name, Regex shape, string expected)
    {
        if (root[name] is null)
            _problems.Add($"'{name}' is missing");
        else if (AsText(root[name]) is not { } text)
            _problems.Add($"'{name}' must be a string");
        else if (!shape.IsMatch(text))
            _problems.Add($"'{name}' is '{text}'; expected {expected}");
        else
            return text;
        return "";
    }

    private List<string> Connectors(JsonNode? node)
    {
        var names = (node as JsonArray)?.Select(AsText).ToList() ?? [];
        if (names.Count == 0 || names.Contains(null))
            _problems.Add(node is null ? "'connectors' is missing" : "'connectors' must be a list of one or more names");
        foreach (var name in names.OfType<string>().GroupBy(x => x).Where(x => x.Count() > 1))
            _problems.Add($"'connectors' lists '{name.Key}' twice");
        return [.. names.OfType<string>()];
    }

    private Dictionary<string, string>? Files(JsonNode? node)
    {
        if (node is null)
            return null;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (node is not JsonObject listed)
        {
            _problems.Add("'files' must be an object of path to SHA-256");
            return files;
        }

        foreach (var (path, hash) in listed)
        {
            files[path] = AsText(hash) ?? "";
            if (!IsInside(path))
                _problems.Add($"'files' names '{path}', which is no path inside the folder");
            if (!Sha256().IsMatch(files[path]))
                _problems.Add($"'files' has no SHA-256 in hexadecimal for '{path}'");
        }

        return files;
    }

    // Written with forward slashes on every system; no drive, no root, no way up.
    private static bool IsInside(string path) =>
        path.Length is > 0 and <= 512
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Contains(':', StringComparison.Ordinal)
        && path.Split('/').All(x => x is not ("" or "." or ".."));

    private static string? AsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,63}\\z")]
    private static partial Regex Id();

    [GeneratedRegex("^[0-9]+\\.[0-9]+(\\.[0-9]+){0,2}([+-][0-9A-Za-z.+-]{1,64})?\\z")]
    private static partial Regex Version();

    [GeneratedRegex("^[0-9]{1,4}\\.[0-9]{1,4}(-[0-9]{1,4}\\.[0-9]{1,4})?\\z")]
    private static partial Regex Contract();

    [GeneratedRegex("^[^\\p{C}]{1,64}\\z")]
    private static partial Regex Publisher();

    [GeneratedRegex("^[^/\\\\]+\\.dll\\z")]
    private static partial Regex DllFile();

    [GeneratedRegex("^[0-9a-fA-F]{64}\\z")]
    private static partial Regex Sha256();
}
