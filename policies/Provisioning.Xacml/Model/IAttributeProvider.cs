namespace Provisioning.Xacml;

/// <summary>A policy information point: supplies attributes that the request does not have. Called from many threads at once.</summary>
public interface IAttributeProvider
{
    /// <summary>Looks for an attribute. Asked at most once per request and attribute, and only when a policy needs it.</summary>
    /// <param name="query">What is looked for.</param>
    /// <returns>The values, in a bag of the type asked for; null or an empty bag if this provider has none. An exception makes
    /// whatever needs the attribute Indeterminate.</returns>
    Bag? Find(AttributeQuery query);
}
