namespace Provisioning.Xacml;

/// <summary>The status codes of the standard.</summary>
internal static class StatusCodes
{
    public const string Ok = "urn:oasis:names:tc:xacml:1.0:status:ok";
    public const string MissingAttribute = "urn:oasis:names:tc:xacml:1.0:status:missing-attribute";
    public const string ProcessingError = "urn:oasis:names:tc:xacml:1.0:status:processing-error";
    public const string SyntaxError = "urn:oasis:names:tc:xacml:1.0:status:syntax-error";
}
