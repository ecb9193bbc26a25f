namespace Provisioning.Xacml;

/// <summary>What belongs to the evaluation of one request.</summary>
internal sealed class EvaluationContext(XacmlRequest request, TimeProvider time, EvaluationTrace? trace)
{
    private const string EnvironmentCategory = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment";
    private const string Prefix = "urn:oasis:names:tc:xacml:1.0:environment:";
    private Temporal? _now;

    public XacmlRequest Request => request;

    public EvaluationTrace? Trace => trace;

    public Dictionary<VariableDefinition, object> Variables { get; } = [];

    public List<PolicyIdentifier> Policies { get; } = [];

    /// <summary>The clock's attributes, which the standard wants present in every request.</summary>
    public Bag? Environment(string category, string attributeId, DataType type)
    {
        if (category != EnvironmentCategory || !attributeId.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var now = _now ??= Now();
        // Through the lexical form: it cuts a date off its time, and a time off its date.
        var text = attributeId[Prefix.Length..] switch
        {
            "current-time" when type == DataType.Time => now.FormatTime(),
            "current-date" when type == DataType.Date => now.FormatDate(),
            "current-dateTime" when type == DataType.DateTime => now.FormatDateTime(),
            _ => null,
        };
        return text is not null && type.TryParse(text, out var value) ? new Bag([value]) : null;
    }

    // One moment for the whole request, so that two rules never see two different days.
    private Temporal Now()
    {
        var now = time.GetLocalNow();
        return new Temporal(now.DateTime, now.Offset);
    }
}
