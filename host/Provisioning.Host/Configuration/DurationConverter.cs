using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Provisioning.Host.Configuration;

/// <summary>ISO 8601 durations such as <c>PT2S</c> and <c>P3D</c>. Months and years are left out: they have no length.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public const string Pattern = @"^P(?=.)([0-9]{1,6}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}(\.[0-9]{1,7})?S)?)?$";

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return XmlConvert.ToTimeSpan(reader.GetString()!);
        }
        catch (FormatException)
        {
            throw new JsonException("is no ISO 8601 duration such as PT2S");
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));
}
