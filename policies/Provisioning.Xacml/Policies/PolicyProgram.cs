namespace Provisioning.Xacml;

/// <summary>What all policies of a decision point share: the attributes and variables they read, and the extensions they may use.</summary>
internal sealed class PolicyProgram(PdpOptions options)
{
    private readonly Dictionary<(string Category, string AttributeId, DataType Type, string? Issuer), AttributeSlot> _slots = [];
    private Bag?[]? _whenAbsent;

    public PdpOptions Options => options;

    /// <summary>Who decides by this program; null while it is loaded.</summary>
    public PolicyDecisionPoint? DecisionPoint { get; set; }

    public IReadOnlyCollection<AttributeSlot> Slots => _slots.Values;

    /// <summary>Whom to ask for what a request does not have.</summary>
    public IReadOnlyList<IAttributeProvider> AttributeProviders { get; } = options.ResourceHierarchy is { } hierarchy
        ? [.. options.AttributeProviders, new ResourceAncestors(hierarchy, options.RequestLimits.Decisions)] : options.AttributeProviders;

    /// <summary>By the number of the slot, the values of an attribute that a request lacks; null if they may come from elsewhere. For programs that
    /// are complete.</summary>
    public ReadOnlySpan<Bag?> WhenAbsent =>
        _whenAbsent ??= [.. _slots.Values.Select(slot => slot.MayComeFromClock || AttributeProviders.Count > 0 ? null : slot.Type.Empty)];

    /// <summary>How many variables there are.</summary>
    public int CellCount { get; private set; }

    public AttributeSlot Slot(string category, string attributeId, DataType type, string? issuer)
    {
        var key = (category, attributeId, type, issuer);
        if (_slots.TryGetValue(key, out var known)) return known;
        // Names in code are interned: where a request is made of such, comparing them is comparing references.
        return _slots[key] = new(string.Intern(category), string.Intern(attributeId), type, issuer, _slots.Count);
    }

    /// <summary>The constant regular expressions, with where they stand.</summary>
    public List<(SourcePlace Place, string Pattern)> Patterns { get; } = [];

    /// <summary>The texts with which conditions compare attributes, with where the first of each stands.</summary>
    public Dictionary<(AttributeSlot Attribute, string Text), (SourcePlace Place, bool IgnoresCase)> Comparisons { get; } = [];

    /// <summary>What was noticed on the way and is no reason to refuse a policy.</summary>
    public List<PolicyProblem> Remarks { get; } = [];

    public int NewCell() => CellCount++;

    /// <summary>The identifiers of all functions, also of those that take functions.</summary>
    public IEnumerable<string> FunctionIds => FunctionTable.Standard.Ids.Concat(options.Functions.Select(function => function.Id));

    public IEnumerable<string> TypeIds => DataType.Identifiers.Select(one => one.Key).Concat(options.DataTypes.Select(type => type.Uri));

    /// <summary>The identifiers of the algorithms that combine rules, or of those that combine policies.</summary>
    public IEnumerable<string> AlgorithmIds(bool combinePolicies) => StandardAlgorithms.List.Concat(options.CombiningAlgorithms)
        .Where(one => combinePolicies ? one.CombinesPolicies : one.CombinesRules).Select(one => one.Id);

    public DataType? FindType(string uri) => DataType.Find(uri) ?? options.DataTypes.FirstOrDefault(type => type.Uri == uri);

    public Function? FindFunction(string id) => FunctionTable.Standard.Find(id) ?? options.Functions.FirstOrDefault(function => function.Id == id);

    public CombiningAlgorithm? FindAlgorithm(string id) =>
        StandardAlgorithms.Find(id) ?? options.CombiningAlgorithms.FirstOrDefault(algorithm => algorithm.Id == id);
}
