using System.Text.Json.Serialization;

namespace Provisioning.Plugins.Isolation;

/// <summary>How messages are written.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, MaxDepth = 128, Converters = [typeof(SecretText)])]
[JsonSerializable(typeof(ChildMessage))]
internal sealed partial class ChildJson : JsonSerializerContext;
