namespace Provisioning.Xacml;

/// <summary>A question to the decision point: bags of typed values. Immutable; made by <see cref="XacmlRequestBuilder"/>.</summary>
public sealed class XacmlRequest
{
    private readonly Dictionary<AttributeKey, Bag> bags;

    internal XacmlRequest(Dictionary<AttributeKey, Bag> bags, IReadOnlyList<RequestAttribute> included, bool returnPolicyIds)
    {
        this.bags = bags;
        Included = included;
        ReturnPolicyIds = returnPolicyIds;
    }

    /// <summary>Whether the response lists the policies behind the decision.</summary>
    public bool ReturnPolicyIds { get; }

    internal IReadOnlyList<RequestAttribute> Included { get; }

    internal Bag? Find(in AttributeKey key) => bags.GetValueOrDefault(key);
}
