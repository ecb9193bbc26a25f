using Provisioning.Core.Configuration;
using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>Asks the policies, in both vocabularies.</summary>
/// <param name="current">The policies in force at the moment of the question.</param>
public sealed class XacmlDecisionPoint(Func<PolicyDecisionPoint> current, TimeProvider time) : IDecisionPoint
{
    // Of the policies that were asked last; whoever comes first after a change makes it anew.
    private volatile Known? _known;

    public string Revision => current().Revision;

    public PolicyAnswer Decide(AccessFacts facts) => Decide(facts, null);

    /// <param name="facts">The question.</param>
    /// <param name="trace">Records how the answer came about, if given.</param>
    public PolicyAnswer Decide(AccessFacts facts, EvaluationTrace? trace)
    {
        var policies = current();
        try
        {
            var result = policies.Evaluate(AccessRequest.Build(facts, time.GetUtcNow(), NeededBy(policies)), trace);
            return new PolicyAnswer(
                VerdictOf(result.Decision),
                result.StatusMessage ?? result.StatusCode,
                [.. result.ApplicablePolicies.Select(x => x.Id)],
                policies.Revision,
                [.. result.Obligations.Select(x => new ObligationToFulfil(
                    x.Id, [.. x.Assignments.Select(a => KeyValuePair.Create(a.AttributeId, a.Value))]))]) { HoldsUntil = result.HoldsUntil };
        }
        catch (Exception exception)
        {
            // The engine promises not to throw. If it does, nobody may lose or gain anything by it.
            return new PolicyAnswer(Verdict.Indeterminate, exception.Message, [], policies.Revision, []);
        }
    }

    private NeededFacts NeededBy(PolicyDecisionPoint policies)
    {
        if (_known is not { } known || known.Policies != policies) _known = known = new(policies, NeededFacts.Of(policies));
        return known.Facts;
    }

    private static Verdict VerdictOf(Decision decision) => decision switch
    {
        Decision.Permit => Verdict.Permit,
        Decision.Deny => Verdict.Deny,
        Decision.NotApplicable => Verdict.NotApplicable,
        _ => Verdict.Indeterminate,
    };

    private sealed record Known(PolicyDecisionPoint Policies, NeededFacts Facts);
}
