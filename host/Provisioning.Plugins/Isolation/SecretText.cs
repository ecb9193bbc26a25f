using System.Text.Json;
using System.Text.Json.Serialization;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Isolation;

/// <summary>Writes secrets in clear text. For the pipe to a child process only.</summary>
internal sealed class SecretText : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
}
