using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Provisioning.Host.Configuration;

/// <summary>Checks JSON against a schema, in words that tell what to write instead.</summary>
internal static class SchemaValidation
{
    /// <summary>All violations as path and message.</summary>
    public static IEnumerable<(string Path, string Message)> Check(JsonSchema schema, JsonObject json) =>
        schema.Validate(json.ToJsonString(), schema.SchemaType).SelectMany(Leaves).Select(x => (PathOf(x), MessageOf(x))).Distinct();

    // "One of" nests the violations of each alternative; the alternative null is not what anybody meant.
    private static IEnumerable<ValidationError> Leaves(ValidationError error)
    {
        if (error is not ChildSchemaValidationError nested)
            return [error];
        var meant = nested.Errors.Where(x => x.Key.ActualSchema.Type != JsonObjectType.Null).SelectMany(x => x.Value).SelectMany(Leaves).ToList();
        return meant.Count > 0 ? meant : [error];
    }

    private static string PathOf(ValidationError error) => (error.Path ?? "").TrimStart('#').TrimStart('/');

    private static string MessageOf(ValidationError error)
    {
        var schema = error.Schema.ActualSchema;
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => "is required",
            ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.AdditionalPropertiesNotValid =>
                $"unknown property{Suggestion.For(error.Property ?? "", schema.ActualProperties.Keys)}",
            ValidationErrorKind.StringExpected => $"must be a string{Found(error)}",
            ValidationErrorKind.NumberExpected => $"must be a number{Found(error)}",
            ValidationErrorKind.IntegerExpected => $"must be a whole number{Found(error)}",
            ValidationErrorKind.BooleanExpected => $"must be true or false{Found(error)}",
            ValidationErrorKind.ObjectExpected => $"must be an object{Found(error)}",
            ValidationErrorKind.ArrayExpected => $"must be a list{Found(error)}",
            ValidationErrorKind.NullExpected => $"must be null{Found(error)}",
            ValidationErrorKind.NotInEnumeration =>
                $"must be one of {string.Join(", ", schema.Enumeration.Select(x => $"'{x}'"))}{Found(error)}{Suggest(error, schema)}",
            ValidationErrorKind.PatternMismatch => $"{Expected(schema)}{Found(error)}",
            ValidationErrorKind.StringTooShort => "must not be empty",
            ValidationErrorKind.NumberTooSmall or ValidationErrorKind.IntegerTooBig or ValidationErrorKind.NumberTooBig =>
                $"must be between {schema.Minimum} and {schema.Maximum}{Found(error)}",
            _ => $"is not valid ({error.Kind}){Found(error)}",
        };
    }

    private static string Expected(JsonSchema schema) => schema.Pattern switch
    {
        DurationConverter.Pattern => "must be an ISO 8601 duration such as PT30S",
        { } pattern when IsSecret(schema) => $"must be a secret reference; allowed are {pattern.Trim('^', '$').Replace(".+", "…", StringComparison.Ordinal)}",
        var pattern => $"must match {pattern}",
    };

    private static string Suggest(ValidationError error, JsonSchema schema) =>
        error.Token is JValue { Value: string text } ? Suggestion.For(text, schema.Enumeration.Select(x => $"{x}")) : "";

    // A value where a reference belongs is likely the secret itself.
    private static string Found(ValidationError error) =>
        error.Token is JValue { Value: { } value } && !IsSecret(error.Schema.ActualSchema) ? $", found '{value}'" : "";

    private static bool IsSecret(JsonSchema schema) => schema.Pattern?.StartsWith("^(env|file|generated", StringComparison.Ordinal) == true;
}
