namespace Provisioning.Xacml;

/// <summary>Policies were rejected; <see cref="Problems"/> lists every reason found.</summary>
public sealed class PolicyException : Exception
{
    /// <summary>Creates the exception from everything that is wrong.</summary>
    /// <param name="problems">The problems found.</param>
    public PolicyException(IReadOnlyList<PolicyProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>All problems, in the order of the sources.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; }
}
