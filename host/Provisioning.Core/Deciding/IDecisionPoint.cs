namespace Provisioning.Core.Deciding;

/// <summary>Answers whether a user may be provisioned. Never throws for a question: failure is <see cref="Verdict.Indeterminate"/>.</summary>
public interface IDecisionPoint
{
    /// <returns>The answer, with the moment until which it holds.</returns>
    PolicyAnswer Decide(AccessFacts facts);

    /// <summary>Of the policies in force at the moment.</summary>
    string Revision { get; }
}
