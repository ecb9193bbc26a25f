namespace Provisioning.Xacml;

/// <summary>A reference to a policy, resolved when everything is loaded.</summary>
internal sealed class PolicyReference(string id, bool isSet, string? version, string? earliest, string? latest, SourcePlace place) : Evaluable
{
    private readonly Failure _isUndefined = Failure.Processing($"the policy '{id}' that {place} refers to is not defined")
        with { MinorCodes = [StatusCodes.UndefinedPolicy] };

    public override string Id => id;

    public SourcePlace Place => place;

    public PolicyNode? Policy { get; set; }

    public override Target Target => Policy is null ? Target.Empty : Policy.Target;

    public bool Accepts(PolicyIdentifier candidate) =>
        candidate.Id == id && candidate.IsSet == isSet
        && (version is null || PolicyVersion.Matches(candidate.Version, version))
        && (earliest is null || PolicyVersion.Compare(candidate.Version, earliest) >= 0)
        && (latest is null || PolicyVersion.Compare(candidate.Version, latest) <= 0);

    public override void Enter(TraceWriter trace)
    {
        if (Policy is not null) Policy.Enter(trace);
        else trace.Enter(isSet ? TraceKind.PolicySet : TraceKind.Policy, id, version, place);
    }

    public override ExtendedDecision Evaluate(EvaluationContext context)
    {
        if (Policy is not null) return Policy.Evaluate(context);
        if (context.Trace is not null) Enter(context.Trace);
        context.Fail(_isUndefined);
        context.Trace?.Leave(ExtendedDecision.IndeterminateDP, _isUndefined);
        return ExtendedDecision.IndeterminateDP;
    }
}
