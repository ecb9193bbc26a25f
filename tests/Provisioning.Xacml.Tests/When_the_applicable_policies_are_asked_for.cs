using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>Core 5.48: all policies that were fully applicable, whether or not their effect was that of the decision.</summary>
public class When_the_applicable_policies_are_asked_for
{
    private const string Ordered = "urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:ordered-deny-overrides";

    [Fact]
    public void Should_list_those_that_were_overruled() =>
        Assert.Equal(["permits", "denies", "set"], Listed(Set(Named("permits", Rule("Permit")), Named("silent", Rule("Permit", No)), Named("denies", Rule("Deny")))));

    [Fact]
    public void Should_list_those_that_decided_where_another_one_failed() =>
        Assert.Equal(["permits"], Listed(Set(Named("permits", Rule("Permit")), Named("fails", Broken("Deny")))));

    [Fact]
    public void Should_not_list_what_stands_in_a_set_whose_target_is_open()
    {
        var open = $"<Target><AnyOf><AllOf><Match MatchId='{FunctionTable.V1}string-equal'>{Text("x")}{Attribute("absent", needed: true)}</Match></AllOf></AnyOf></Target>";
        Assert.Empty(Listed(Set(Named("permits", Rule("Permit"))).Replace("<Target/>\n<Policy", open + "\n<Policy", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_list_nothing_unless_asked()
    {
        var pdp = Load(Set(Named("permits", Rule("Permit"))));
        var result = pdp.Evaluate(XacmlXml.ReadRequest(Formats.Requests.Xml(Formats.Requests.Category(Subject, "")), pdp)).Results[0];
        Assert.Empty(result.PolicyIdentifierList);
        Assert.Equal(["permits", "set"], result.ApplicablePolicies.Select(one => one.Id));
    }

    private static string No => Apply("boolean-equal", $"<AttributeValue DataType='{DataTypes.Boolean}'>true</AttributeValue><AttributeValue DataType='{DataTypes.Boolean}'>false</AttributeValue>");

    private static string Named(string id, string rules) => Policy(rules, id: id);

    private static string Set(params string[] policies) => $"""
        <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="set" Version="1.0" PolicyCombiningAlgId="{Ordered}"><Target/>
        {string.Join('\n', policies)}
        </PolicySet>
        """;

    private static IEnumerable<string> Listed(string policy)
    {
        var pdp = Load(policy);
        var request = XacmlXml.ReadRequest(Formats.Requests.Xml(Formats.Requests.Category(Subject, ""), "ReturnPolicyIdList='true' CombinedDecision='false'"), pdp);
        return pdp.Evaluate(request).Results[0].PolicyIdentifierList.Select(one => one.Id);
    }
}
