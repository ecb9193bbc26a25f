namespace Provisioning.Xacml;

/// <summary>Makes one decision of many.</summary>
/// <param name="children">The children to combine.</param>
/// <returns>The combined decision.</returns>
public delegate ExtendedDecision Combine(ref Combination children);

/// <summary>A combining algorithm for rules, for policies, or both.</summary>
/// <param name="id">The identifier.</param>
/// <param name="combine">Makes one decision of many.</param>
public sealed class CombiningAlgorithm(string id, Combine combine)
{
    /// <summary>The identifier.</summary>
    public string Id => id;

    /// <summary>Whether it combines rules. <value>The default value is true.</value></summary>
    public bool CombinesRules { get; init; } = true;

    /// <summary>Whether it combines policies. <value>The default value is true.</value></summary>
    public bool CombinesPolicies { get; init; } = true;

    /// <summary>Whether a child that is NotApplicable changes nothing, not even by being counted. Then children whose target cannot match are
    /// left out, which makes large policy sets fast. <value>The default value is false.</value></summary>
    public bool IgnoresNotApplicable { get; init; }

    internal ExtendedDecision Combine(ref Combination children) => combine(ref children);
}
