using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Provisioning.Connectors.Scim;

/// <summary>The presets, which are data: a product is a list of switches, never a path of its own in the code.</summary>
internal static class Dialects
{
    private static readonly JsonObject s_presets = Load();

    public static IEnumerable<string> Names => s_presets.Select(preset => preset.Key);

    /// <summary>The switches of a preset, with those of the settings laid over them.</summary>
    public static DialectSwitches Resolve(string name, DialectSwitches overrides)
    {
        if (s_presets[name] is not JsonObject preset)
            throw new ConnectorException(FailureKind.Misconfigured, $"there is no dialect '{name}'; there are '{string.Join("', '", Names)}'");
        var merged = (JsonObject)preset.DeepClone();
        foreach (var (key, value) in JsonSerializer.SerializeToNode(overrides, DialectJson.Default.DialectSwitches)!.AsObject())
            merged[key] = value?.DeepClone();
        return merged.Deserialize(DialectJson.Default.DialectSwitches)!;
    }

    private static JsonObject Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(Dialects), "Dialects.json")!;
        return JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
    }
}

// Generated, since reflection would keep the plugin in memory when it is replaced.
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DialectSwitches))]
internal sealed partial class DialectJson : JsonSerializerContext;
