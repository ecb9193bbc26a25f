namespace Provisioning.Xacml;

/// <summary>The status codes of the standard, and those that qualify them here.</summary>
internal static class StatusCodes
{
    public const string Ok = "urn:oasis:names:tc:xacml:1.0:status:ok";
    public const string MissingAttribute = "urn:oasis:names:tc:xacml:1.0:status:missing-attribute";
    public const string ProcessingError = "urn:oasis:names:tc:xacml:1.0:status:processing-error";
    public const string SyntaxError = "urn:oasis:names:tc:xacml:1.0:status:syntax-error";

    // Minor codes, of which the standard defines none: what kind of processing-error it is.
    public const string DivisionByZero = Minor + "division-by-zero";
    public const string NotOneValue = Minor + "not-one-value";
    public const string LimitReached = Minor + "limit-reached";
    public const string UndefinedPolicy = Minor + "undefined-policy";
    public const string ProviderFailed = Minor + "attribute-provider-failed";
    public const string SeveralApplicable = Minor + "several-applicable";
    private const string Minor = "urn:provisioning:xacml:status:";
}
