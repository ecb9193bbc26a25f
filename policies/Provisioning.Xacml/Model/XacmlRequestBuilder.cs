using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>Collects the attributes of a request.</summary>
/// <param name="dataTypes">Data types beyond those of the standard.</param>
public sealed class XacmlRequestBuilder(IReadOnlyList<DataType>? dataTypes = null)
{
    private AttributeTable _attributes = new();
    private bool _isHandedOver;

    /// <summary>The moment that the request is about: current-time, current-date and current-dateTime are read off there unless the request has
    /// them. <value>The default value is null: the moment of each evaluation.</value></summary>
    public DateTimeOffset? Moment { get; set; }

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
        var type = FindType(dataType) ?? throw new XacmlSyntaxException($"attribute {attributeId}: data type '{dataType}' is not supported");
        foreach (var value in values) AddText(category, attributeId, type, Lexical(value, type), null);
        return this;
    }

    /// <summary>Adds a value to an attribute, as it is: reading text costs far more than a decision.</summary>
    /// <typeparam name="T">The CLR type of the value.</typeparam>
    /// <param name="category">The attribute's category.</param>
    /// <param name="attributeId">The attribute's identifier.</param>
    /// <param name="dataType">The data type, such as <see cref="DataType.String"/>.</param>
    /// <param name="value">The value.</param>
    /// <param name="issuer">Who vouches for it.</param>
    /// <returns>This builder.</returns>
    public XacmlRequestBuilder Add<T>(string category, string attributeId, DataType<T> dataType, T value, string? issuer = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(category);
        ArgumentNullException.ThrowIfNull(attributeId);
        ArgumentNullException.ThrowIfNull(dataType);
        ArgumentNullException.ThrowIfNull(value);
        OwnAttributes();
        ((Bag<T>)_attributes.GetOrAdd(category, attributeId, dataType, null)).Append(value);
        if (issuer is not null) ((Bag<T>)_attributes.GetOrAdd(category, attributeId, dataType, issuer)).Append(value);
        return this;
    }

    /// <summary>Adds values to an attribute, as they are.</summary>
    /// <typeparam name="T">The CLR type of the values.</typeparam>
    /// <param name="category">The attribute's category.</param>
    /// <param name="attributeId">The attribute's identifier.</param>
    /// <param name="dataType">The data type, such as <see cref="DataType.String"/>.</param>
    /// <param name="values">The values.</param>
    /// <returns>This builder.</returns>
    public XacmlRequestBuilder AddMany<T>(string category, string attributeId, DataType<T> dataType, IEnumerable<T> values)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values) Add(category, attributeId, dataType, value);
        return this;
    }

    /// <summary>Makes the request.</summary>
    /// <returns>The request; later changes of the builder do not touch it.</returns>
    public XacmlRequest Build()
    {
        _isHandedOver = true;
        return new(_attributes, ReturnPolicyIdList, [.. Included]) { Moment = Moment };
    }

    /// <summary>Makes the request for a decision point, which then has nothing to look up in it. Others can decide it too.</summary>
    /// <param name="pdp">Who will decide.</param>
    /// <returns>The request; later changes of the builder do not touch it.</returns>
    public XacmlRequest Build(PolicyDecisionPoint pdp)
    {
        ArgumentNullException.ThrowIfNull(pdp);
        _isHandedOver = true;
        return new(_attributes, ReturnPolicyIdList, [.. Included]) { Resolved = ResolvedAttributes.Of(pdp.Program, _attributes), Moment = Moment };
    }

    internal DataType? FindType(string uri)
    {
        if (DataType.Find(uri) is { } standard) return standard;
        foreach (var type in dataTypes ?? [])
        {
            if (type.Uri == uri) return type;
        }

        return null;
    }

    internal void AddText(string category, string attributeId, DataType type, string text, string? issuer)
    {
        OwnAttributes();
        var fits = type.TryAppend(_attributes.GetOrAdd(category, attributeId, type, null), text);
        if (fits && issuer is not null) type.TryAppend(_attributes.GetOrAdd(category, attributeId, type, issuer), text);
        if (!fits) throw new XacmlSyntaxException($"attribute {attributeId}: {LexicalLimits.Fault(type, text)}");
    }

    private void OwnAttributes()
    {
        // The request made before keeps what it has.
        if (_isHandedOver) _attributes = _attributes.Copy();
        _isHandedOver = false;
    }

    private static string Lexical(object value, DataType type) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => XmlLexical.Format(number),
        DateTimeOffset moment when type == DataType.Date => DataType.Date.Format(Temporal.DateOf(moment)),
        DateTimeOffset moment when type == DataType.Time => DataType.Time.Format(Temporal.TimeOf(moment)),
        DateTimeOffset moment => DataType.DateTime.Format(Temporal.DateTimeOf(moment)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? throw new ArgumentNullException(nameof(value)),
    };
}
