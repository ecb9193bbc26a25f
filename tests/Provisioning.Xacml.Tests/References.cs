using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_policies_refer_to_others
{
    private const string FirstApplicable = "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:first-applicable";

    [Fact]
    public void Should_leave_undefined_references_to_evaluation_if_asked_to()
    {
        var options = new PdpOptions { AllowsUndefinedReferences = true };
        Assert.Equal(Decision.Permit, Decide(options, Policy(Rule("Permit"), id: "here")));
        var result = PolicyDecisionPoint.Load([new("set.xml", Set())], options).Evaluate(Request());
        Assert.Equal([StatusCodes.UndefinedPolicy], result.MinorStatusCodes);
        Assert.Equal((Decision.Indeterminate, StatusCodes.ProcessingError), (result.Decision, result.StatusCode));
        Assert.Contains("'here' that set.xml:3 refers to", result.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_not_decide_by_a_library() => Assert.Equal(
        Decision.NotApplicable,
        PolicyDecisionPoint.Load([new("library.xml", Policy(Rule("Deny"))) { CanBeRoot = false }]).Evaluate(Request()).Decision);

    private static Decision Decide(PdpOptions options, string library) =>
        PolicyDecisionPoint.Load([new("set.xml", Set()), new("library.xml", library)], options).Evaluate(Request()).Decision;

    private static string Set() => $"""
        <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="set" Version="1.0" PolicyCombiningAlgId="{FirstApplicable}">
        <Target/>
        <PolicyIdReference>here</PolicyIdReference>
        <PolicyIdReference>nowhere</PolicyIdReference>
        </PolicySet>
        """;
}
