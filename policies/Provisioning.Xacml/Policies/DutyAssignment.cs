namespace Provisioning.Xacml;

/// <summary>One attribute of an obligation or advice expression; a bag becomes one assignment for each value.</summary>
internal sealed class DutyAssignment(string attributeId, string? category, string? issuer, Expression expression)
{
    public bool IsConstant => expression.IsConstant;

    /// <summary>The assignments of a constant expression.</summary>
    public IEnumerable<AttributeAssignment> Constants
    {
        get
        {
            // A constant needs no context.
            expression.TryGetBag(null!, out var bag);
            return Enumerable.Range(0, bag.Count).Select(i => One(bag, i));
        }
    }

    public bool TryAdd(EvaluationContext context, List<AttributeAssignment> assignments)
    {
        if (!expression.TryGetBag(context, out var bag)) return false;
        for (var i = 0; i < bag.Count; i++) assignments.Add(One(bag, i));
        return true;
    }

    private AttributeAssignment One(Bag bag, int index) => new(attributeId, category, issuer, bag.Type.Uri, bag.Text(index))
    {
        XPath = (bag as Bag<XPathValue>)?.Values[index],
    };
}
