using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace Provisioning.Host.Configuration;

/// <summary>Checks durations with all else, so that they are reported with all else.</summary>
internal sealed class DurationFormat : IFormatValidator
{
    public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.TimeSpanExpected;

    public string Format => JsonFormatStrings.Duration;

    public bool IsValid(string value, JTokenType tokenType) => Iso8601Duration.IsValid(value);
}
