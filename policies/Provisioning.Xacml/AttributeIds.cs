namespace Provisioning.Xacml;

/// <summary>Identifiers of standard attributes (XACML 3.0, B.4 to B.7).</summary>
public static class AttributeIds
{
    private const string Environment = "urn:oasis:names:tc:xacml:1.0:environment:";

    /// <summary>xs:time, supplied by the engine when the request has none.</summary>
    public const string CurrentTime = Environment + "current-time";

    /// <summary>xs:date, supplied by the engine when the request has none.</summary>
    public const string CurrentDate = Environment + "current-date";

    /// <summary>xs:dateTime, supplied by the engine when the request has none.</summary>
    public const string CurrentDateTime = Environment + "current-dateTime";

    /// <summary>The subject's name.</summary>
    public const string SubjectId = "urn:oasis:names:tc:xacml:1.0:subject:subject-id";

    /// <summary>The resource's name.</summary>
    public const string ResourceId = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";

    /// <summary>The action's name.</summary>
    public const string ActionId = "urn:oasis:names:tc:xacml:1.0:action:action-id";
}
