using System.Text.Json;
using System.Text.Json.Serialization;
using Provisioning.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>How configuration files are written: comments and trailing commas allowed, camelCase, enums in lower case.</summary>
internal static class ConfigurationJson
{
    public static readonly JsonDocumentOptions Document = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    public static readonly JsonSerializerOptions Options = Create(null);

    /// <param name="secrets">Resolves the <see cref="Secret"/>s of a connector's settings; they occur nowhere else.</param>
    public static JsonSerializerOptions Create(SecretConverter? secrets)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            WriteIndented = true,
            RespectNullableAnnotations = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new DurationConverter());
        if (secrets is not null)
            options.Converters.Add(secrets);
        return options;
    }
}
