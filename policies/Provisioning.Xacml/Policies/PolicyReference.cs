namespace Provisioning.Xacml;

/// <summary>A reference to a policy, resolved when everything is loaded.</summary>
internal sealed class PolicyReference(string id, bool isSet, string? version, string? earliest, string? latest, string file, int line) : Evaluable
{
    public string Id => id;

    public string File => file;

    public int Line => line;

    public PolicyNode? Target { get; set; }

    public bool Accepts(PolicyIdentifier candidate) =>
        candidate.Id == id && candidate.IsSet == isSet
        && (version is null || PolicyVersion.Matches(candidate.Version, version))
        && (earliest is null || PolicyVersion.Compare(candidate.Version, earliest) >= 0)
        && (latest is null || PolicyVersion.Compare(candidate.Version, latest) <= 0);

    public override MatchResult Match(EvaluationContext context) => Target!.Match(context);

    public override NodeResult Evaluate(EvaluationContext context) => Target!.Evaluate(context);
}
