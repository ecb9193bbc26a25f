namespace Provisioning.Xacml;

/// <summary>
/// Knows which resources are below others. Requests with a scope of Children or Descendants are about them too (Multiple Decision
/// Profile 1.0, section 2.1).
/// </summary>
public interface IResourceHierarchy
{
    /// <summary>The resources right below a resource.</summary>
    /// <param name="resourceId">The identifier of the resource.</param>
    /// <returns>Their identifiers; none if the resource has no children or is not known.</returns>
    IEnumerable<string> Children(string resourceId);
}
