using Provisioning.Core.Deciding;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>While the policy folder has lost its policies nothing is decided, so that nobody gains or loses anything by it.</summary>
internal sealed class CarefulDecisionPoint(PolicyFolder folder, IDecisionPoint policies) : IDecisionPoint
{
    public string Revision => policies.Revision;

    public PolicyAnswer Decide(AccessFacts facts) => folder.IsLost
        ? new PolicyAnswer(Verdict.Indeterminate, "the policy folder holds no policies any more", [], Revision, [])
        : policies.Decide(facts);
}
