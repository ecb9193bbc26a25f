using System.Text.Json;
using System.Text.Json.Serialization;

namespace Provisioning.Connectors.Testing;

/// <summary>Carries settings over to the same class of another copy of the code.</summary>
internal static class SettingsCopy
{
    public static object Make(object settings, Type type)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new SecretText(), new JsonStringEnumConverter() } };
        return JsonSerializer.SerializeToNode(settings, settings.GetType(), options).Deserialize(type, options)!;
    }

    private sealed class SecretText : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
    }
}
