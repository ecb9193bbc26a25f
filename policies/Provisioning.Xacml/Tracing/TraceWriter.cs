namespace Provisioning.Xacml;

/// <summary>Builds a trace while policies are evaluated.</summary>
internal sealed class TraceWriter(EvaluationTrace trace)
{
    private readonly Stack<TraceNode> _open = new();
    private readonly List<TracedAttribute> _reads = [];

    /// <summary>How much was read so far.</summary>
    public int Reads => _reads.Count;

    public void Enter(TraceKind kind, string id, string? version, SourcePlace place)
    {
        var node = new TraceNode(kind, id, version, place.File, place.Line);
        (_open.TryPeek(out var parent) ? parent.ChildList : trace.RootList).Add(node);
        _open.Push(node);
    }

    public void Leave(ExtendedDecision decision, Failure? failure, string? algorithm = null)
    {
        var node = _open.Pop();
        node.Decision = decision;
        node.Reason = decision.IsIndeterminate() ? failure?.Message : null;
        MarkDecisive(node.ChildList, decision);
        // Some algorithms have a decision of their own.
        if (algorithm is not null && node.Decision is ExtendedDecision.Permit or ExtendedDecision.Deny && !node.ChildList.Exists(child => child.IsDecisive))
            node.Reason = $"{algorithm[(algorithm.LastIndexOf(':') + 1)..]} decides so, none of the children does";
    }

    /// <summary>Forgets what was entered last.</summary>
    public void Abandon()
    {
        var node = _open.Pop();
        (_open.TryPeek(out var parent) ? parent.ChildList : trace.RootList).Remove(node);
    }

    /// <summary>Ends the trace: several roots are combined, too.</summary>
    public void End(ExtendedDecision decision) => MarkDecisive(trace.RootList, decision);

    public void Target(TargetMatch match) => _open.Peek().Target = match;

    public void Condition(bool holds) => _open.Peek().Condition = holds;

    /// <summary>Adds an evaluation that was asked for on the way.</summary>
    public void Asked(IEnumerable<TraceNode> roots)
    {
        if (_open.TryPeek(out var node)) node.AskedList.AddRange(roots);
    }

    public void Read(AttributeSlot slot, Bag bag, bool mustBePresent) =>
        Note(new(slot.Category, slot.AttributeId, slot.Type.Uri, slot.Issuer, Values(bag), mustBePresent));

    /// <summary>Adds what a selector found; its path stands for the attribute.</summary>
    public void Select(string category, string path, Bag bag, bool mustBePresent) =>
        Note(new(category, path, bag.Type.Uri, null, Values(bag), mustBePresent) { IsPath = true });

    /// <summary>Adds again what was read from one moment to another: a variable is computed once, and used by several.</summary>
    public void Repeat(Range reads)
    {
        foreach (var attribute in _reads.Take(reads)) AddToNode(attribute);
    }

    private static IReadOnlyList<string> Values(Bag bag) => [.. Enumerable.Range(0, bag.Count).Select(bag.Text)];

    private static void MarkDecisive(List<TraceNode> children, ExtendedDecision decision)
    {
        foreach (var child in children)
        {
            child.IsDecisive = decision != ExtendedDecision.NotApplicable
                && (child.Decision == decision || (child.Decision.IsIndeterminate() && decision.IsIndeterminate()));
        }
    }

    private void Note(TracedAttribute attribute)
    {
        _reads.Add(attribute);
        AddToNode(attribute);
    }

    private void AddToNode(TracedAttribute attribute)
    {
        if (_open.TryPeek(out var node) && !node.AttributeList.Exists(attribute.IsOf)) node.AttributeList.Add(attribute);
    }
}
