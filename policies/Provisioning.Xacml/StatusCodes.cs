namespace Provisioning.Xacml;

/// <summary>Identifiers of the status codes (XACML 3.0, B.8).</summary>
public static class StatusCodes
{
    private const string Prefix = "urn:oasis:names:tc:xacml:1.0:status:";

    /// <summary>Success.</summary>
    public const string Ok = Prefix + "ok";

    /// <summary>An attribute that a policy insists on was not there.</summary>
    public const string MissingAttribute = Prefix + "missing-attribute";

    /// <summary>The request or a value in it is malformed.</summary>
    public const string SyntaxError = Prefix + "syntax-error";

    /// <summary>Evaluation failed, for instance by a division by zero.</summary>
    public const string ProcessingError = Prefix + "processing-error";
}
