namespace Provisioning.Xacml;

/// <summary>Policies that cannot be used. Carries every problem found, not only the first.</summary>
public sealed class PolicyException : Exception
{
    /// <summary>Creates the exception for the problems given.</summary>
    public PolicyException(IReadOnlyList<PolicyProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>All problems, in the order of the sources and lines.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; }
}
