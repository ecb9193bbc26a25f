using System.Globalization;
using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>Collects the attributes of a request.</summary>
public sealed class XacmlRequestBuilder
{
    private readonly Dictionary<(string Category, string Id), List<RequestValue>> _attributes = [];

    internal bool ReturnPolicyIdList { get; set; }

    internal List<IncludedAttribute> Included { get; } = [];

    /// <summary>Adds values to an attribute.</summary>
    /// <param name="category">The attribute's category.</param>
    /// <param name="attributeId">The attribute's identifier.</param>
    /// <param name="dataType">The data type of the values, see <see cref="DataTypes"/>.</param>
    /// <param name="values">string, bool, int, long, double, DateTimeOffset, or the lexical form.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="XacmlSyntaxException">The data type is unknown or does not allow a value.</exception>
    public XacmlRequestBuilder Add(string category, string attributeId, string dataType, params IEnumerable<object> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var type = DataType.Find(dataType)
            ?? throw new XacmlSyntaxException($"attribute {attributeId}: data type '{dataType}' is not supported");
        foreach (var value in values) AddOne(category, attributeId, type, value);
        return this;
    }

    /// <summary>Makes the request.</summary>
    /// <returns>The request; later changes of the builder do not touch it.</returns>
    public XacmlRequest Build() => new(_attributes.ToDictionary(pair => pair.Key, pair => pair.Value.ToList()), ReturnPolicyIdList, [.. Included]);

    internal void AddText(string category, string attributeId, DataType type, string text, string? issuer)
    {
        if (!type.TryParse(text, out var value))
            throw new XacmlSyntaxException($"attribute {attributeId}: '{text}' is not a valid {type.Name}");
        Values(category, attributeId).Add(new RequestValue(issuer, value));
    }

    private void AddOne(string category, string attributeId, DataType type, object value)
    {
        // Typed values of the usual types go in as they are: reading text costs far more than a decision.
        var typed = value switch
        {
            bool flag when type == DataType.Boolean => Value.Of(flag),
            int number when type == DataType.Integer => new Value(type, new BigInteger(number)),
            long number when type == DataType.Integer => new Value(type, new BigInteger(number)),
            double number when type == DataType.Double => new Value(type, number),
            DateTimeOffset moment when type == DataType.DateTime => new Value(type, new Temporal(moment.DateTime, moment.Offset)),
            _ => null,
        };
        if (typed is null) AddText(category, attributeId, type, Lexical(value, type.Uri), null);
        else Values(category, attributeId).Add(new RequestValue(null, typed));
    }

    private List<RequestValue> Values(string category, string attributeId)
    {
        if (!_attributes.TryGetValue((category, attributeId), out var list)) _attributes[(category, attributeId)] = list = [];
        return list;
    }

    private static string Lexical(object value, string dataType) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => System.Xml.XmlConvert.ToString(number),
        DateTimeOffset moment => moment.ToString(
            dataType switch
            {
                DataTypes.Date => "yyyy-MM-ddzzz",
                DataTypes.Time => "HH:mm:ss.FFFFFFFzzz",
                _ => "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz",
            },
            CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? throw new ArgumentNullException(nameof(value)),
    };
}
