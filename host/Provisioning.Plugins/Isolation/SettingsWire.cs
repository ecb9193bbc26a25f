using System.Text.Json;
using System.Text.Json.Serialization;

namespace Provisioning.Plugins.Isolation;

/// <summary>Carries settings, which are of a type of the plugin's own, to the child process.</summary>
internal static class SettingsWire
{
    private static JsonSerializerOptions Options => new() { Converters = { new SecretText(), new JsonStringEnumConverter() } };

    public static string Write(object settings) => JsonSerializer.Serialize(settings, settings.GetType(), Options);

    public static object Read(string text, Type type) => JsonSerializer.Deserialize(text, type, Options)!;
}
