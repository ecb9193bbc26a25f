namespace Provisioning.Xacml;

/// <summary>Everything that was compiled, before it is linked.</summary>
internal sealed class PolicyCollection
{
    public List<PolicyNode> Tops { get; } = [];

    /// <summary>All policies and policy sets, inner before outer.</summary>
    public List<PolicyNode> Policies { get; } = [];

    public List<PolicyReference> References { get; } = [];

    public List<Branch> Branches { get; } = [];
}
