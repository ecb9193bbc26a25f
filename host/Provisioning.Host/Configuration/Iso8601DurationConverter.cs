using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Provisioning.Host.Configuration;

/// <summary>Durations as <c>PT30S</c>, <c>P3D</c>.</summary>
internal sealed class Iso8601DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        try
        {
            var value = XmlConvert.ToTimeSpan(text);
            return value >= TimeSpan.Zero ? value : throw new JsonException($"'{text}' is negative");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new JsonException($"'{text}' is no ISO 8601 duration; write for example PT30S or P3D");
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));
}
