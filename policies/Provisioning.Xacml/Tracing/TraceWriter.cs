namespace Provisioning.Xacml;

/// <summary>Builds a trace while policies are evaluated.</summary>
internal sealed class TraceWriter(EvaluationTrace trace)
{
    private readonly Stack<TraceNode> _open = new();

    public void Enter(TraceKind kind, string id, string? version, SourcePlace place)
    {
        var node = new TraceNode(kind, id, version, place.File, place.Line);
        (_open.TryPeek(out var parent) ? parent.ChildList : trace.RootList).Add(node);
        _open.Push(node);
    }

    public void Leave(ExtendedDecision decision, Failure? failure)
    {
        var node = _open.Pop();
        node.Decision = decision;
        node.Reason = decision.IsIndeterminate() ? failure?.Message : null;
        foreach (var child in node.ChildList)
        {
            child.IsDecisive = decision != ExtendedDecision.NotApplicable
                && (child.Decision == decision || (child.Decision.IsIndeterminate() && decision.IsIndeterminate()));
        }
    }

    public void Target(TargetMatch match) => _open.Peek().Target = match;

    public void Condition(bool holds) => _open.Peek().Condition = holds;

    /// <summary>Adds an evaluation that was asked for on the way.</summary>
    public void Asked(IEnumerable<TraceNode> roots)
    {
        if (_open.TryPeek(out var node)) node.AskedList.AddRange(roots);
    }

    public void Read(AttributeSlot slot, Bag bag, bool mustBePresent)
    {
        var attribute = new TracedAttribute(
            slot.Category, slot.AttributeId, slot.Type.Uri, slot.Issuer, [.. Enumerable.Range(0, bag.Count).Select(bag.Text)], mustBePresent);
        if (!_open.TryPeek(out var node)) return;
        if (!node.AttributeList.Exists(one => one.AttributeId == slot.AttributeId && one.Category == slot.Category && one.DataType == slot.Type.Uri))
            node.AttributeList.Add(attribute);
    }
}
