using System.Text.Json;
using System.Text.Json.Serialization;
using Provisioning.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>Resolves references while settings are read; collects all that lead to nothing instead of stopping at the first.</summary>
internal sealed class SecretConverter(SecretResolver secrets) : JsonConverter<Secret>
{
    private readonly List<string> _missing = [];
    private readonly List<string> _resolved = [];

    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Clear text, for telling whether a secret changed; to be hashed and let go.</summary>
    public IReadOnlyList<string> Resolved => _resolved;

    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            var value = secrets.Resolve(reader.GetString()!);
            _resolved.Add(value);
            return new Secret(value);
        }
        catch (SecretNotFoundException exception)
        {
            _missing.Add(exception.Message);
            return new Secret("");
        }
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
}
