namespace Provisioning.Xacml;

/// <summary>Identifiers of the standard attribute categories (XACML 3.0, B.2 and B.3).</summary>
public static class Categories
{
    private const string Prefix = "urn:oasis:names:tc:xacml:3.0:attribute-category:";

    /// <summary>Who asks.</summary>
    public const string AccessSubject = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";

    /// <summary>What is asked for.</summary>
    public const string Resource = Prefix + "resource";

    /// <summary>What is to be done.</summary>
    public const string Action = Prefix + "action";

    /// <summary>Circumstances: the current time among them.</summary>
    public const string Environment = Prefix + "environment";
}
