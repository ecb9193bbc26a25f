using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>Collects the attributes of a request. Values of the same category, identifier and data type make one bag.</summary>
public sealed class XacmlRequestBuilder
{
    private readonly Dictionary<AttributeKey, List<object>> values = [];
    private readonly List<RequestAttribute> included = [];

    /// <summary>Whether the response is to list the policies behind the decision.</summary>
    public bool ReturnPolicyIds { get; set; }

    /// <summary>Adds values given as text.</summary>
    /// <exception cref="XacmlSyntaxException">The data type is unknown, or a text is not one of its values.</exception>
    public XacmlRequestBuilder Add(string category, string attributeId, string dataType, params string[] values)
    {
        foreach (var value in values)
            Add(category, attributeId, dataType, (object)value);
        return this;
    }

    /// <summary>Adds one value: a text in the data type's lexical form, or a <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>,
    /// <see cref="BigInteger"/>, <see cref="double"/> or <see cref="DateTimeOffset"/> that fits the data type.</summary>
    /// <exception cref="XacmlSyntaxException">The data type is unknown, or the value does not fit.</exception>
    public XacmlRequestBuilder Add(string category, string attributeId, string dataType, object value, string? issuer = null)
    {
        ArgumentNullException.ThrowIfNull(category);
        ArgumentNullException.ThrowIfNull(attributeId);
        ArgumentNullException.ThrowIfNull(value);
        var type = TypeTable.Find(dataType)
            ?? throw new XacmlSyntaxException($"attribute '{attributeId}' has the unknown data type '{dataType}'");
        var typed = Convert(type, value)
            ?? throw new XacmlSyntaxException($"attribute '{attributeId}': '{value}' is not a valid {type.Name}");
        Put(new AttributeKey(category, attributeId, type, null), typed);
        if (issuer is not null)
            Put(new AttributeKey(category, attributeId, type, issuer), typed);
        return this;
    }

    /// <summary>Marks an attribute to be repeated in the response.</summary>
    public XacmlRequestBuilder Include(RequestAttribute attribute)
    {
        included.Add(attribute);
        return this;
    }

    /// <summary>The request. The builder may be used on.</summary>
    public XacmlRequest Build()
    {
        var bags = new Dictionary<AttributeKey, Bag>(values.Count);
        foreach (var (key, items) in values)
            bags.Add(key, new Bag([.. items]));
        return new XacmlRequest(bags, [.. included], ReturnPolicyIds);
    }

    private static object? Convert(DataType type, object value) => value switch
    {
        string text => type.TryParse(text),
        bool flag when type == TypeTable.Boolean => Boxes.Of(flag),
        int number when type == TypeTable.Integer => new BigInteger(number),
        long number when type == TypeTable.Integer => new BigInteger(number),
        BigInteger when type == TypeTable.Integer => value,
        int number when type == TypeTable.Double => (double)number,
        long number when type == TypeTable.Double => (double)number,
        double when type == TypeTable.Double => value,
        DateTimeOffset at when type == TypeTable.DateTime => new Moment(at.DateTime, (int)at.Offset.TotalMinutes),
        DateTimeOffset at when type == TypeTable.Date => new Moment(at.Date, (int)at.Offset.TotalMinutes),
        DateTimeOffset at when type == TypeTable.Time => MomentText.TimeOf(at),
        _ => null,
    };

    private void Put(AttributeKey key, object value)
    {
        if (!values.TryGetValue(key, out var items))
            values.Add(key, items = []);
        items.Add(value);
    }
}
