namespace Provisioning.Xacml;

/// <summary>The attributes to decide about. Made by <see cref="XacmlRequestBuilder"/> or read from XML or JSON.</summary>
public sealed class XacmlRequest
{
    private readonly Dictionary<(string Category, string Id), List<RequestValue>> _attributes;

    // By type too, whoever the issuer: nearly every designator asks so, and shall get its bag without a copy.
    private readonly Dictionary<(string Category, string Id, DataType Type), Bag> _bags = [];

    internal XacmlRequest(
        Dictionary<(string Category, string Id), List<RequestValue>> attributes, bool returnPolicyIdList, IReadOnlyList<IncludedAttribute> included)
    {
        _attributes = attributes;
        foreach (var (key, values) in attributes)
        {
            foreach (var type in values.GroupBy(value => value.Value.Type, value => value.Value))
                _bags.Add((key.Category, key.Id, type.Key), new Bag([.. type]));
        }

        ReturnPolicyIdList = returnPolicyIdList;
        Included = included;
    }

    internal bool ReturnPolicyIdList { get; }

    internal IReadOnlyList<IncludedAttribute> Included { get; }

    internal Bag Find(string category, string attributeId, DataType type, string? issuer)
    {
        if (issuer is null) return _bags.GetValueOrDefault((category, attributeId, type), Bag.Empty);
        if (!_attributes.TryGetValue((category, attributeId), out var values)) return Bag.Empty;
        var found = new List<Value>(values.Count);
        foreach (var value in values)
        {
            if (value.Value.Type == type && issuer == value.Issuer) found.Add(value.Value);
        }

        return found.Count == 0 ? Bag.Empty : new Bag(found);
    }
}
