namespace Provisioning.Xacml;

/// <summary>How one policy set, policy or rule came to its decision.</summary>
public sealed class TraceNode
{
    internal TraceNode(TraceKind kind, string id, string? version, string file, int line)
    {
        Kind = kind;
        Id = id;
        Version = version;
        File = file;
        Line = line;
    }

    /// <summary>What it is.</summary>
    public TraceKind Kind { get; }

    /// <summary>Its identifier.</summary>
    public string Id { get; }

    /// <summary>Its version; null for a rule.</summary>
    public string? Version { get; }

    /// <summary>The source it stands in.</summary>
    public string File { get; }

    /// <summary>The line it starts on.</summary>
    public int Line { get; }

    /// <summary>Whether its target matched; null if it was not looked at.</summary>
    public TargetMatch? Target { get; internal set; }

    /// <summary>Whether its condition held; null if it has none, was not reached, or failed.</summary>
    public bool? Condition { get; internal set; }

    /// <summary>Its decision.</summary>
    public ExtendedDecision Decision { get; internal set; }

    /// <summary>Why the decision is Indeterminate.</summary>
    public string? Reason { get; internal set; }

    /// <summary>Whether the decision of the one above is this one's.</summary>
    public bool IsDecisive { get; internal set; }

    /// <summary>The attributes that were looked at, in this order.</summary>
    public IReadOnlyList<TracedAttribute> Attributes => AttributeList;

    /// <summary>What was evaluated inside.</summary>
    public IReadOnlyList<TraceNode> Children => ChildList;

    /// <summary>The evaluations that its target, condition or duties asked for by access-permitted, each from its root policies.</summary>
    public IReadOnlyList<TraceNode> Asked => AskedList;

    internal List<TraceNode> AskedList { get; } = [];

    internal List<TracedAttribute> AttributeList { get; } = [];

    internal List<TraceNode> ChildList { get; } = [];
}
