namespace Provisioning.Xacml;

/// <summary>
/// Knows which resources are below and above others. Requests with a scope of Children or Descendants are about those below too (Multiple
/// Decision Profile 1.0, section 2.1); policies read those above as attributes (Hierarchical Resource Profile 1.0).
/// </summary>
public interface IResourceHierarchy
{
    /// <summary>The resources right below a resource.</summary>
    /// <param name="resourceId">The identifier of the resource.</param>
    /// <returns>Their identifiers; none if the resource has no children or is not known.</returns>
    IEnumerable<string> Children(string resourceId);

    /// <summary>The resources right above a resource. They are the resource-parent, and with those above them the resource-ancestor, of requests
    /// that do not say so themselves.</summary>
    /// <param name="resourceId">The identifier of the resource.</param>
    /// <returns>Their identifiers; none if the resource has no parents or is not known, which is the answer unless it is overridden.</returns>
    IEnumerable<string> Parents(string resourceId) => [];
}
