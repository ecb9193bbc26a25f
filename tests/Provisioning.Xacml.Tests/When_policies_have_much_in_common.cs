using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_policies_have_much_in_common
{
    private const string Count = "urn:count";
    private static readonly string[] Places = ["north", "south", "east"];
    private static readonly string[] Roles = [.. Enumerable.Range(0, 12).Select(i => $"role-{i}")];
    private int _calls;

    [Fact]
    public void Should_make_the_same_call_once_for_each_request()
    {
        var pdp = Counting();
        pdp.Evaluate(Request(("name", "ann")));
        Assert.Equal(1, _calls);
        pdp.Evaluate(Request(("name", "bob")));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public void Should_show_in_a_trace_what_was_read_in_each_place()
    {
        var trace = new EvaluationTrace();
        Counting().Evaluate(Request(("name", "ann")), trace);
        Assert.Equal(2, trace.Render().Split("attribute: name = 'ann'").Length - 1);
    }

    [Fact]
    public void Should_fail_in_each_place_where_the_call_fails()
    {
        var result = Counting().Evaluate(Request());
        Assert.Equal((Decision.Indeterminate, StatusCodes.ProcessingError), (result.Decision, result.StatusCode));
        Assert.Equal(0, _calls);
    }

    // Few places, many roles: by which of them the policies are found depends on how many values a request has. With a trace, all are looked at.
    [Fact]
    public void Should_find_the_same_policies_whichever_way_is_shorter()
    {
        var pdp = PolicyDecisionPoint.Load([new("p.xml", TwoKeys())]);
        var random = new System.Random(1);
        for (var i = 0; i < 500; i++)
        {
            var builder = new XacmlRequestBuilder();
            foreach (var role in random.GetItems(Roles, random.Next(12))) builder.Add(Subject, "role", DataTypes.String, role);
            foreach (var place in random.GetItems(Places, random.Next(4))) builder.Add(Subject, "place", DataTypes.String, place);
            foreach (var request in new[] { builder.Build(), builder.Build(pdp) })
            {
                var (found, all) = (pdp.Evaluate(request), pdp.Evaluate(request, new EvaluationTrace()));
                Assert.Equal((all.Decision, all.StatusCode), (found.Decision, found.StatusCode));
                Assert.Equal(all.Obligations.Select(one => one.Id), found.Obligations.Select(one => one.Id));
            }
        }
    }

    private PolicyDecisionPoint Counting()
    {
        var name = Apply("string-one-and-only", Attribute("name"));
        var counted = $"<Apply FunctionId='{Count}'>{name}</Apply>";
        string Rule(string id, string wanted) => Policies.Rule("Permit", Apply("string-equal", counted + Text(wanted)), id);
        return PolicyDecisionPoint.Load([new("p.xml", Policy(Rule("a", "x") + Rule("b", "y")))], new()
        {
            Functions = [Function.Create(Count, DataType.String, DataType.String, Counted)],
        });
    }

    private Result<string> Counted(string text)
    {
        _calls++;
        return text;
    }

    private static string TwoKeys()
    {
        var rules = from role in Roles
                    from place in Places
                    let id = $"{role}-{place}"
                    select $"""
                        <Rule RuleId="{id}" Effect="Permit"><Target>{Is("role", role, needed: role == "role-3")}{Is("place", place, needed: false)}</Target>
                        <ObligationExpressions><ObligationExpression ObligationId="{id}" FulfillOn="Permit"/></ObligationExpressions></Rule>
                        """;
        return Policy(string.Concat(rules), "urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides");
    }

    private static string Is(string attribute, string value, bool needed) => $"""
        <AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">{Text(value)}{Attribute(attribute, needed)}</Match></AllOf></AnyOf>
        """;
}
