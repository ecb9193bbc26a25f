using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Provisioning.Host.Configuration;

/// <summary>How configuration files are read: comments and trailing commas allowed, no property twice, camel case, durations as ISO 8601.</summary>
internal static class ConfigurationJson
{
    private static readonly JsonDocumentOptions Tolerant = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false, MaxDepth = 32,
    };

    public static JsonSerializerOptions Options(SecretResolver? resolver = null)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters = { new Iso8601DurationConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        if (resolver is not null)
            options.Converters.Add(new SecretConverter(resolver));
        return options;
    }

    public static JsonNode? Parse(string text) => JsonNode.Parse(text, documentOptions: Tolerant);
}
