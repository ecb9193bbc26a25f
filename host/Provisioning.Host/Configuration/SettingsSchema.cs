using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using NJsonSchema.Validation;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>JSON schemas generated from the typed settings.</summary>
internal static class SettingsSchema
{
    private static readonly ConditionalWeakTable<Type, JsonSchema> Schemas = [];

    private static readonly JsonSchemaValidatorSettings Checks = CheckDurations();

    public static JsonSchema For(Type type) => Schemas.GetValue(type, Generate);

    /// <summary>Every violation as (path, message).</summary>
    public static IEnumerable<(string Path, string Message)> Validate(Type type, JsonNode node) =>
        Flatten(For(type).Validate(node.ToJsonString(), Checks), For(type));

    private static IEnumerable<(string Path, string Message)> Flatten(IEnumerable<ValidationError> errors, JsonSchema root)
    {
        foreach (var error in errors)
        {
            // Alternatives ("null or object") hide what is wrong one level down.
            if (error is ChildSchemaValidationError children)
            {
                foreach (var child in children.Errors.Where(x => !x.Key.Type.HasFlag(JsonObjectType.Null)).SelectMany(x => Flatten(x.Value, root)))
                    yield return child;
                continue;
            }

            yield return (Path(error), Words(error));
        }
    }

    private static string Path(ValidationError error) => (error.Path ?? "").TrimStart('#', '/').Replace("/", ".", StringComparison.Ordinal);

    private static string Words(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.NoAdditionalPropertiesAllowed =>
            $"unknown property '{error.Property}'; known are {string.Join(", ", error.Schema.ActualSchema.ActualProperties.Keys)}",
        ValidationErrorKind.PropertyRequired => $"'{error.Property}' is missing",
        ValidationErrorKind.PatternMismatch => $"must match {error.Schema.ActualSchema.Pattern}",
        ValidationErrorKind.NotInEnumeration => $"must be one of {string.Join(", ", error.Schema.ActualSchema.Enumeration)}",
        ValidationErrorKind.TimeSpanExpected => Iso8601Duration.Problem(error.Token?.ToString() ?? ""),
        ValidationErrorKind.StringExpected => "must be a string",
        ValidationErrorKind.BooleanExpected => "must be true or false",
        ValidationErrorKind.IntegerExpected => "must be a whole number",
        ValidationErrorKind.NumberExpected => "must be a number",
        ValidationErrorKind.ArrayExpected => "must be an array",
        ValidationErrorKind.ObjectExpected => "must be an object",
        ValidationErrorKind.TooFewItems => $"must have at least {error.Schema.ActualSchema.MinItems} {(error.Schema.ActualSchema.MinItems == 1 ? "entry" : "entries")}",
        ValidationErrorKind.NumberTooSmall => $"must be at least {error.Schema.ActualSchema.Minimum}",
        ValidationErrorKind.NumberTooBig => $"must be at most {error.Schema.ActualSchema.Maximum}",
        _ => $"is not valid ({error.Kind})",
    };

    private static JsonSchemaValidatorSettings CheckDurations()
    {
        var settings = new JsonSchemaValidatorSettings();
        settings.AddCustomFormatValidator(new DurationFormat());
        return settings;
    }

    private static JsonSchema Generate(Type type)
    {
        var settings = new SystemTextJsonSchemaGeneratorSettings
        {
            SerializerOptions = new JsonSerializerOptions(ConfigurationJson.Options()),
            FlattenInheritanceHierarchy = true,
            DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
        };
        settings.TypeMappers.Add(new PrimitiveTypeMapper(typeof(Secret), x => (x.Type, x.Pattern) = (JsonObjectType.String, SecretReference.Pattern)));
        settings.TypeMappers.Add(new PrimitiveTypeMapper(typeof(TimeSpan), x => (x.Type, x.Format) = (JsonObjectType.String, JsonFormatStrings.Duration)));
        settings.TypeMappers.Add(new ObjectTypeMapper(typeof(JsonObject), new JsonSchema { Type = JsonObjectType.Object, AllowAdditionalProperties = true }));
        settings.SchemaProcessors.Add(new OptionalUnlessRequired());
        return new JsonSchemaGenerator(settings).Generate(type);
    }
}
