using System.Text.Json;
using System.Text.Json.Serialization;
using Provisioning.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>Reads a secret reference as the secret. Never writes one.</summary>
internal sealed class SecretConverter(SecretResolver resolver) : JsonConverter<Secret>
{
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return new Secret(resolver.Resolve(reader.GetString() ?? ""));
        }
        catch (SecretException exception)
        {
            throw new JsonException(exception.Message);
        }
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
}
