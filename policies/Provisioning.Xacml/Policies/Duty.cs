namespace Provisioning.Xacml;

/// <summary>An obligation or advice expression.</summary>
internal sealed record Duty(string Id, bool OnPermit, bool IsAdvice, IReadOnlyList<DutyAssignment> Assignments)
{
    public List<AttributeAssignment> Evaluate(EvaluationContext context)
    {
        var result = new List<AttributeAssignment>();
        foreach (var assignment in Assignments)
        {
            var value = assignment.Expression.Evaluate(context);
            foreach (var one in value is Bag bag ? bag.Values : [(Value)value])
                result.Add(new(assignment.AttributeId, assignment.Category, assignment.Issuer, one.Type.Uri, one.Text));
        }

        return result;
    }

    /// <summary>Adds the duties that go with the outcome; throws if one has no value.</summary>
    public static void Collect(
        IReadOnlyList<Duty> duties, Outcome outcome, EvaluationContext context, List<Obligation> obligations, List<Advice> advice)
    {
        foreach (var duty in duties)
        {
            if (duty.OnPermit != (outcome == Outcome.Permit)) continue;
            var values = duty.Evaluate(context);
            if (duty.IsAdvice) advice.Add(new(duty.Id, values));
            else obligations.Add(new(duty.Id, values));
        }
    }
}

/// <summary>One attribute of an obligation or advice expression.</summary>
internal sealed record DutyAssignment(string AttributeId, string? Category, string? Issuer, Expression Expression);
