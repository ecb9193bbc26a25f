using Provisioning.Scim;
using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>The attributes that the policies in force use. A decision computes only these.</summary>
internal sealed class NeededFacts
{
    private const string Prefix = AccessRequest.User + ":";

    private NeededFacts(IReadOnlyList<(string AttributeId, UserPath Path)> paths, bool wso2) => (Paths, Wso2) = (paths, wso2);

    /// <summary>The paths into users, by the attributes that they are.</summary>
    public IReadOnlyList<(string AttributeId, UserPath Path)> Paths { get; }

    /// <summary>Whether anything is asked for in WSO2's vocabulary.</summary>
    public bool Wso2 { get; }

    public static NeededFacts Of(PolicyDecisionPoint policies) => Of(policies.NeededAttributes);

    public static NeededFacts Of(IReadOnlyList<NeededAttribute> attributes) => new(
        [.. attributes.Where(one => one.Category == AccessRequest.User).Select(one => one.AttributeId).Distinct(StringComparer.Ordinal).SelectMany(Path)],
        attributes.Any(one => one.Category.StartsWith(Wso2Vocabulary.Namespace, StringComparison.Ordinal)
            || (one.Category == Categories.Environment && one.DataType == DataType.String)));

    // No user has an attribute whose name is not a path, so nothing is supplied for it. The check of the policies reports such a name.
    private static IEnumerable<(string AttributeId, UserPath Path)> Path(string attributeId)
    {
        // These two do not come out of the user's attributes.
        if (!attributeId.StartsWith(Prefix, StringComparison.Ordinal) || attributeId is Prefix + "id" or Prefix + "groups") return [];
        try
        {
            return [(attributeId, UserPath.Parse(attributeId[Prefix.Length..]))];
        }
        catch (ScimException)
        {
            return [];
        }
    }
}
