using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>Collects the attributes of a request.</summary>
public sealed class XacmlRequestBuilder
{
    private readonly Dictionary<(string Category, string Id), List<RequestValue>> _attributes = [];

    internal bool ReturnPolicyIdList { get; set; }

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
        foreach (var value in values) AddText(category, attributeId, type, Lexical(value, dataType), null);
        return this;
    }

    /// <summary>Makes the request.</summary>
    /// <returns>The request; later changes of the builder do not touch it.</returns>
    public XacmlRequest Build() => new(_attributes.ToDictionary(pair => pair.Key, pair => pair.Value.ToList()), ReturnPolicyIdList);

    internal void AddText(string category, string attributeId, DataType type, string text, string? issuer)
    {
        if (!type.TryParse(text, out var value))
            throw new XacmlSyntaxException($"attribute {attributeId}: '{text}' is not a valid {type.Name}");
        if (!_attributes.TryGetValue((category, attributeId), out var list)) _attributes[(category, attributeId)] = list = [];
        list.Add(new RequestValue(issuer, value));
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
