using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_a_policy_cannot_be_used
{
    [Fact]
    public void Should_refuse_a_dtd() =>
        Assert.Contains("DTD", Problems("<!DOCTYPE x [<!ENTITY a 'b'>]>\n" + Policy(""))[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Should_refuse_deep_nesting()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        Assert.Contains("deeper", Assert.Single(Problems(deep)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_a_document_without_end()
    {
        var source = new PolicySource("long.xml", Policy($"<Rule RuleId='r' Effect='Permit'><Description>{new string('x', 10_001)}</Description></Rule>"));
        var error = Assert.Throws<PolicyException>(() => PolicyDecisionPoint.Load([source], new PdpOptions { MaxPolicyCharacters = 10_000 }));
        Assert.Contains("longer than the limit", Assert.Single(error.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_name_all_problems_with_file_and_line()
    {
        var problems = Problems(Policy($"""
            <Rule RuleId="a" Effect="Permit"><Condition><Apply FunctionId="urn:no-such-function"/></Condition></Rule>
            <Rule RuleId="b" Effect="Permit"><Condition>{Attribute("x", type: "urn:no-such-type")}</Condition></Rule>
            <Rule RuleId="c" Effect="Permit"><Condition>
            <AttributeFinder/></Condition></Rule>
            """, "urn:no-such-algorithm"), Policy("<Rule RuleId='d' Effect='Maybe'/>", id: "q"));
        Assert.Equal(
            [("0.xml", 1, "urn:no-such-algorithm"), ("0.xml", 3, "urn:no-such-function"), ("0.xml", 4, "urn:no-such-type"),
             ("0.xml", 6, "AttributeFinder"), ("1.xml", 3, "Maybe")],
            problems.Select((problem, i) => (problem.File!, problem.Line,
                new[] { "urn:no-such-algorithm", "urn:no-such-function", "urn:no-such-type", "AttributeFinder", "Maybe" }
                    .Single(word => problem.Message.Contains(word, StringComparison.Ordinal)))));
    }

    [Fact]
    public void Should_refuse_circles_and_undefined_references()
    {
        Assert.Contains("itself", Problems(Policy(
            "<VariableDefinition VariableId='v'><VariableReference VariableId='v'/></VariableDefinition>"))[0].Message, StringComparison.Ordinal);
        var set = """
            <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="s" Version="1.0"
              PolicyCombiningAlgId="urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides"><Target/>
            <PolicySetIdReference>s</PolicySetIdReference><PolicyIdReference>none</PolicyIdReference></PolicySet>
            """;
        Assert.Equal(["reference to undefined policy 'none'", "circular reference to 's'"], Problems(set).Select(problem => problem.Message));
    }
}
