namespace Provisioning.Xacml;

/// <summary>A request is not a well-formed XACML request, or holds a value that its data type does not allow.</summary>
public sealed class XacmlSyntaxException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause, if any.</param>
    public XacmlSyntaxException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
