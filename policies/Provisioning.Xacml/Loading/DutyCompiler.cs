namespace Provisioning.Xacml;

/// <summary>Compiles obligation and advice expressions.</summary>
internal sealed class DutyCompiler(ExpressionCompiler expressions)
{
    public void AddTo(List<Duty> duties, Element element)
    {
        var isAdvice = element.Name == "AdviceExpressions";
        var kind = isAdvice ? "Advice" : "Obligation";
        foreach (var duty in PolicyScope.Parts(element, kind + "Expression"))
        {
            var on = PolicyScope.Effect(duty, isAdvice ? "AppliesTo" : "FulfillOn");
            var assignments = new List<DutyAssignment>();
            foreach (var part in PolicyScope.Parts(duty, "AttributeAssignmentExpression"))
            {
                var attributeId = PolicyScope.Required(part, "AttributeId");
                if (expressions.CompileOnly(part) is { } expression)
                    assignments.Add(new(attributeId, part.Attribute("Category"), part.Attribute("Issuer"), expression));
            }

            duties.Add(new(PolicyScope.Required(duty, kind + "Id"), on, isAdvice, assignments));
        }
    }
}
