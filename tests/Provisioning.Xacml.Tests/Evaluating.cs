using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_a_request_is_evaluated
{
    [Fact]
    public void Should_decide_by_the_condition()
    {
        var pdp = Load(Policy(Rule("Permit", Apply("string-is-in", Text("Sales") + Attribute("department")))));
        Assert.Equal(Decision.Permit, pdp.Evaluate(Request(("department", "Sales"))).Decision);
        Assert.Equal(Decision.NotApplicable, pdp.Evaluate(Request(("department", "IT"))).Decision);
    }

    [Fact]
    public void Should_name_the_missing_attribute()
    {
        var trace = new EvaluationTrace();
        var result = Load(Policy(Broken("Permit"))).Evaluate(Request(), trace);
        Assert.Equal((Decision.Indeterminate, StatusCodes.MissingAttribute), (result.Decision, result.StatusCode));
        Assert.Contains("absent", result.StatusMessage, StringComparison.Ordinal);
        Assert.Contains("  Rule broken (0.xml:3)", trace.Render(), StringComparison.Ordinal);
        Assert.Contains("missing attribute: absent", trace.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_bring_the_obligations_of_the_decision()
    {
        var duty = $"""
            <ObligationExpressions><ObligationExpression ObligationId="log" FulfillOn="Permit">
            <AttributeAssignmentExpression AttributeId="who">{Attribute("user")}</AttributeAssignmentExpression>
            </ObligationExpression></ObligationExpressions>
            """;
        var result = Load(Policy(Rule("Permit", rest: duty))).Evaluate(Request(("user", "ann")));
        Assert.Equal("ann", Assert.Single(Assert.Single(result.Obligations).Assignments).Value);
        Assert.Equal("p", Assert.Single(result.ApplicablePolicies).Id);
    }
}
