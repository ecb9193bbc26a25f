namespace Provisioning.Xacml;

/// <summary>The attributes to decide about. Made by <see cref="XacmlRequestBuilder"/> or read from XML or JSON.</summary>
public sealed class XacmlRequest
{
    private readonly Dictionary<(string Category, string Id), List<RequestValue>> _attributes;

    internal XacmlRequest(
        Dictionary<(string Category, string Id), List<RequestValue>> attributes, bool returnPolicyIdList, IReadOnlyList<IncludedAttribute> included)
    {
        _attributes = attributes;
        ReturnPolicyIdList = returnPolicyIdList;
        Included = included;
    }

    internal bool ReturnPolicyIdList { get; }

    internal IReadOnlyList<IncludedAttribute> Included { get; }

    internal Bag Find(string category, string attributeId, DataType type, string? issuer)
    {
        if (!_attributes.TryGetValue((category, attributeId), out var values)) return Bag.Empty;
        var found = new List<Value>(values.Count);
        foreach (var value in values)
        {
            if (value.Value.Type == type && (issuer is null || issuer == value.Issuer)) found.Add(value.Value);
        }

        return found.Count == 0 ? Bag.Empty : new Bag(found);
    }
}
