namespace Provisioning.Xacml;

/// <summary>Finds conditions of which the answer is known beforehand.</summary>
internal sealed class ConditionCheck
{
    private readonly TruthFinder _truth = new();

    /// <summary>Says what is wrong with a rule's condition; null if nothing is.</summary>
    public string? Fault(Rule rule) => rule.Condition switch
    {
        null => null,
        Constant<bool> { Value: true } => $"the condition of rule '{rule.Id}' is always true: it can be left out",
        Constant<bool> => $"the condition of rule '{rule.Id}' is always false: it can never apply",
        var condition => _truth.Of(condition) switch
        {
            { CanHold: false } => $"the condition of rule '{rule.Id}' is never true, whatever the request: it can never apply",
            { CanFail: false } => $"the condition of rule '{rule.Id}' is never false, whatever the request: only an error keeps it from applying",
            _ => null,
        },
    };
}
