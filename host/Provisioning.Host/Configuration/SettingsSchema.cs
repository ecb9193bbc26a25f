using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using Provisioning.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>The JSON schema of a settings class, generated once for each class and forgotten with its plugin.</summary>
internal static class SettingsSchema
{
    private static readonly ConditionalWeakTable<Type, JsonSchema> Cache = [];

    public static JsonSchema For(Type type) => Cache.GetValue(type, Generate);

    private static JsonSchema Generate(Type type)
    {
        var settings = new SystemTextJsonSchemaGeneratorSettings
        {
            SerializerOptions = ConfigurationJson.Options,
            SchemaType = SchemaType.JsonSchema,
            FlattenInheritanceHierarchy = true,
            AllowReferencesWithProperties = true,
            DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
            GenerateAbstractProperties = true,
        };
        settings.TypeMappers.Add(Text(typeof(Secret), SecretResolver.Pattern));
        settings.TypeMappers.Add(Text(typeof(TimeSpan), DurationConverter.Pattern));
        settings.TypeMappers.Add(new PrimitiveTypeMapper(typeof(JsonObject), schema => schema.Type = JsonObjectType.Object));
        settings.TypeMappers.Add(new PrimitiveTypeMapper(typeof(JsonNode), _ => { }));
        return JsonSchemaGenerator.FromType(type, settings);
    }

    private static PrimitiveTypeMapper Text(Type type, string pattern) => new(type, schema =>
    {
        schema.Type = JsonObjectType.String;
        schema.Pattern = pattern;
    });
}
