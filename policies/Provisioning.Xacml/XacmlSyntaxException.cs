namespace Provisioning.Xacml;

/// <summary>A request that cannot be read: not well-formed, not schema-valid, or with a value outside its data type.</summary>
public sealed class XacmlSyntaxException : Exception
{
    /// <summary>Creates the exception.</summary>
    public XacmlSyntaxException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the cause.</summary>
    public XacmlSyntaxException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>The result a PDP answers such a request with: Indeterminate, syntax-error.</summary>
    public XacmlResult ToResult() => XacmlResult.Failed(StatusCodes.SyntaxError, Message);
}
