namespace Provisioning.Xacml;

/// <summary>Reads an attribute of the request.</summary>
internal sealed class Designator(string category, string attributeId, DataType type, string? issuer, bool mustBePresent) : Expression
{
    public override ExpressionType Type => ExpressionType.BagOf(type);

    public override object Evaluate(EvaluationContext context)
    {
        var bag = context.Request.Find(category, attributeId, type, issuer);
        if (bag.Values.Count == 0 && issuer is null) bag = context.Environment(category, attributeId, type) ?? bag;
        if (bag.Values.Count > 0)
        {
            context.Trace?.Found(attributeId, bag);
            return bag;
        }

        context.Trace?.Missing(category, attributeId, type, mustBePresent);
        return mustBePresent
            ? throw new EvaluationException(StatusCodes.MissingAttribute, $"the request lacks {attributeId} ({type.Name}) in {category}")
            : bag;
    }
}
