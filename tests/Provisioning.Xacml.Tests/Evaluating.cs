using System.Runtime.CompilerServices;
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
    public void Should_show_the_attributes_found_in_the_trace()
    {
        var trace = new EvaluationTrace();
        Load(Policy(Rule("Permit", Apply("string-is-in", Text("Sales") + Attribute("department"))))).Evaluate(Request(("department", "IT")), trace);
        Assert.Contains("attribute: department = 'IT'", trace.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_nothing_of_the_request()
    {
        var pdp = Load(Policy($"<VariableDefinition VariableId='who'>{Apply("string-one-and-only", Attribute("user"))}</VariableDefinition>"
            + Rule("Permit", Apply("string-equal", Text("bob") + "<VariableReference VariableId='who'/>"))));
        var value = Evaluate(pdp);
        GC.Collect();
        Assert.False(value.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Evaluate(PolicyDecisionPoint pdp)
        {
            var user = new string('a', 3);
            pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, "user", DataType.String, user).Build());
            return new WeakReference(user);
        }
    }

    [Fact]
    public void Should_take_typed_values_as_the_same_as_their_text()
    {
        var condition = Apply("integer-is-in", $"<AttributeValue DataType='{DataTypes.Integer}'>7</AttributeValue>" + Attribute("n", type: DataTypes.Integer));
        var pdp = Load(Policy(Rule("Permit", condition)));
        Assert.Equal(Decision.Permit, pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, "n", DataTypes.Integer, 7L).Build()).Decision);
        Assert.Equal(Decision.Permit, pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, "n", DataTypes.Integer, "7").Build()).Decision);
    }

    [Theory]
    [InlineData("^ad+min$", "admin", Decision.Permit)]
    [InlineData("^admin$", "admin\n", Decision.NotApplicable)]
    [InlineData("dmi", "admin", Decision.Permit)]
    [InlineData(@"^\i\c*$", "_a-1", Decision.Permit)]
    public void Should_match_regular_expressions_as_xpath_does(string pattern, string value, Decision expected)
    {
        var pdp = Load(Policy(Rule("Permit", Apply("any-of",
            "<Function FunctionId='urn:oasis:names:tc:xacml:1.0:function:string-regexp-match'/>" + Text(pattern) + Attribute("name"), "3.0"))));
        Assert.Equal(expected, pdp.Evaluate(Request(("name", value))).Decision);
    }

    [Fact]
    public void Should_need_a_value_of_the_first_bag_for_each_of_the_second()
    {
        static string Bag(params string[] values) => Apply("string-bag", string.Concat(values.Select(Text)));
        var equal = "<Function FunctionId='urn:oasis:names:tc:xacml:1.0:function:string-equal'/>";
        Decision Decide(string arguments) => Load(Policy(Rule("Permit", Apply("any-of-all", equal + arguments)))).Evaluate(Request()).Decision;
        Assert.Equal(Decision.Permit, Decide(Bag("a", "b", "c") + Bag("a", "b")));
        Assert.Equal(Decision.NotApplicable, Decide(Bag("a", "b") + Bag("a", "d")));
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
