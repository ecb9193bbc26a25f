namespace Provisioning.Xacml;

/// <summary>The attribute categories of the standard; any other URI is as good.</summary>
public static class Categories
{
    /// <summary>Who wants access.</summary>
    public const string AccessSubject = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";

    /// <summary>What is to be accessed.</summary>
    public const string Resource = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource";

    /// <summary>What is to be done with it.</summary>
    public const string Action = "urn:oasis:names:tc:xacml:3.0:attribute-category:action";

    /// <summary>What else matters, such as the time.</summary>
    public const string Environment = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment";
}
