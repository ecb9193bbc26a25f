namespace Provisioning.Xacml;

/// <summary>An obligation or advice expression.</summary>
internal sealed class Duty(string id, ExtendedDecision on, bool isAdvice, IReadOnlyList<DutyAssignment> assignments)
{
    // Without anything to evaluate, one object serves all requests.
    private readonly object? _constant = assignments.All(one => one.IsConstant)
        ? Make(id, isAdvice, [.. assignments.SelectMany(one => one.Constants)]) : null;

    public ExtendedDecision On => on;

    public bool TryAdd(EvaluationContext context)
    {
        if (_constant is not null)
        {
            context.Contributions.AddDuty(on, _constant);
            return true;
        }

        var values = new List<AttributeAssignment>(assignments.Count);
        foreach (var assignment in assignments)
        {
            if (!assignment.TryAdd(context, values)) return false;
        }

        context.Contributions.AddDuty(on, Make(id, isAdvice, values));
        return true;
    }

    private static object Make(string id, bool isAdvice, IReadOnlyList<AttributeAssignment> values) =>
        isAdvice ? new Advice(id, values) : new Obligation(id, values);
}

/// <summary>The obligations and advice of a rule, policy or policy set.</summary>
internal sealed class Duties(IReadOnlyCollection<Duty> duties)
{
    private static readonly Duties None = new([]);

    private readonly Duty[] _onPermit = [.. duties.Where(duty => duty.On == ExtendedDecision.Permit)];
    private readonly Duty[] _onDeny = [.. duties.Where(duty => duty.On == ExtendedDecision.Deny)];

    /// <summary>The duties; one object for all rules and policies that have none.</summary>
    public static Duties Of(IReadOnlyCollection<Duty> duties) => duties.Count == 0 ? None : new(duties);

    /// <summary>Adds those that go with a decision; fails if one of them has no value.</summary>
    public bool TryAdd(EvaluationContext context, ExtendedDecision decision)
    {
        foreach (var duty in decision == ExtendedDecision.Permit ? _onPermit : _onDeny)
        {
            if (!duty.TryAdd(context)) return false;
        }

        return true;
    }
}
