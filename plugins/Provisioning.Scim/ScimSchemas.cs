namespace Provisioning.Scim;

/// <summary>The schema URNs of RFC 7643 and RFC 7644.</summary>
public static class ScimSchemas
{
    /// <summary>The core user.</summary>
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";

    /// <summary>The core group.</summary>
    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /// <summary>The enterprise extension of the user.</summary>
    public const string EnterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>The answer to a query.</summary>
    public const string ListResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /// <summary>An error.</summary>
    public const string Error = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// <summary>A patch request.</summary>
    public const string PatchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>A request of many operations.</summary>
    public const string BulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    internal static bool IsCore(string urn) =>
        urn.Equals(User, StringComparison.OrdinalIgnoreCase) || urn.Equals(Group, StringComparison.OrdinalIgnoreCase);
}
