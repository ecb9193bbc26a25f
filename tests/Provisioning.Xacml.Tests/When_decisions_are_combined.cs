using Provisioning.Xacml.Tests.Random;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>What each algorithm makes of two children: the first child is the row, the second the column. N is NotApplicable, P and D are the decisions,
/// ?P, ?D and ? are Indeterminate{P}, {D} and {DP}.</summary>
public class When_decisions_are_combined
{
    private static readonly string[] Outcomes = ["N", "P", "D", "?P", "?D", "?"];

    private const string DenyOverrides3 = """
        N  P  D  ?P ?D ?
        P  P  D  P  ?  ?
        D  D  D  D  D  D
        ?P P  D  ?P ?  ?
        ?D ?  D  ?  ?D ?
        ?  ?  D  ?  ?  ?
        """;

    private const string PermitOverrides3 = """
        N  P  D  ?P ?D ?
        P  P  P  P  P  P
        D  P  D  ?  D  ?
        ?P P  ?  ?P ?  ?
        ?D P  D  ?  ?D ?
        ?  P  ?  ?  ?  ?
        """;

    private const string DenyUnlessPermit = """
        D  P  D  D  D  D
        P  P  P  P  P  P
        D  P  D  D  D  D
        D  P  D  D  D  D
        D  P  D  D  D  D
        D  P  D  D  D  D
        """;

    private const string PermitUnlessDeny = """
        P  P  D  P  P  P
        P  P  D  P  P  P
        D  D  D  D  D  D
        P  P  D  P  P  P
        P  P  D  P  P  P
        P  P  D  P  P  P
        """;

    private const string FirstApplicable = """
        N  P  D  ?  ?  ?
        P  P  P  P  P  P
        D  D  D  D  D  D
        ?  ?  ?  ?  ?  ?
        ?  ?  ?  ?  ?  ?
        ?  ?  ?  ?  ?  ?
        """;

    // The target of every child matches, so that two are always one too many.
    private const string OnlyOneApplicable = """
        ?  ?  ?  ?  ?  ?
        ?  ?  ?  ?  ?  ?
        ?  ?  ?  ?  ?  ?
        ?  ?  ?  ?  ?  ?
        ?  ?  ?  ?  ?  ?
        ?  ?  ?  ?  ?  ?
        """;

    private const string OnPermitApplySecond = """
        N  N  N  N  N  N
        N  P  D  ?P ?D ?
        N  N  N  N  N  N
        ?  ?  ?  ?  ?  ?
        N  N  N  N  N  N
        ?  ?  ?  ?  ?  ?
        """;

    private const string OldDenyOverridesOfPolicies = """
        N  P  D  D  D  D
        P  P  D  D  D  D
        D  D  D  D  D  D
        D  D  D  D  D  D
        D  D  D  D  D  D
        D  D  D  D  D  D
        """;

    private const string OldPermitOverridesOfPolicies = """
        N  P  D  ?  ?  ?
        P  P  P  P  P  P
        D  P  D  D  D  D
        ?  P  D  ?  ?  ?
        ?  P  D  ?  ?  ?
        ?  P  D  ?  ?  ?
        """;

    // As today's, but nobody is told what could have been. A single rule never leaves both open.
    private const string OldDenyOverridesOfRules = """
        N  P  D  ?  ?  -
        P  P  D  P  ?  -
        D  D  D  D  D  -
        ?  P  D  ?  ?  -
        ?  ?  D  ?  ?  -
        -  -  -  -  -  -
        """;

    private const string OldPermitOverridesOfRules = """
        N  P  D  ?  ?  -
        P  P  P  P  P  -
        D  P  D  ?  D  -
        ?  P  ?  ?  ?  -
        ?  P  D  ?  ?  -
        -  -  -  -  -  -
        """;

    [Theory]
    [InlineData("3.0:policy-combining-algorithm:deny-overrides", DenyOverrides3)]
    [InlineData("3.0:policy-combining-algorithm:ordered-deny-overrides", DenyOverrides3)]
    [InlineData("3.0:policy-combining-algorithm:permit-overrides", PermitOverrides3)]
    [InlineData("3.0:policy-combining-algorithm:ordered-permit-overrides", PermitOverrides3)]
    [InlineData("3.0:policy-combining-algorithm:deny-unless-permit", DenyUnlessPermit)]
    [InlineData("3.0:policy-combining-algorithm:permit-unless-deny", PermitUnlessDeny)]
    [InlineData("1.0:policy-combining-algorithm:first-applicable", FirstApplicable)]
    [InlineData("1.0:policy-combining-algorithm:only-one-applicable", OnlyOneApplicable)]
    [InlineData("3.0:policy-combining-algorithm:on-permit-apply-second", OnPermitApplySecond)]
    [InlineData("1.0:policy-combining-algorithm:deny-overrides", OldDenyOverridesOfPolicies)]
    [InlineData("1.1:policy-combining-algorithm:ordered-deny-overrides", OldDenyOverridesOfPolicies)]
    [InlineData("1.0:policy-combining-algorithm:permit-overrides", OldPermitOverridesOfPolicies)]
    [InlineData("1.1:policy-combining-algorithm:ordered-permit-overrides", OldPermitOverridesOfPolicies)]
    public void Should_make_of_two_policies(string algorithm, string table) => Compare(table, (first, second) =>
        Set(algorithm, Child(first, "a") + Child(second, "b")));

    [Theory]
    [InlineData("3.0:rule-combining-algorithm:deny-overrides", DenyOverrides3)]
    [InlineData("3.0:rule-combining-algorithm:ordered-deny-overrides", DenyOverrides3)]
    [InlineData("3.0:rule-combining-algorithm:permit-overrides", PermitOverrides3)]
    [InlineData("3.0:rule-combining-algorithm:ordered-permit-overrides", PermitOverrides3)]
    [InlineData("3.0:rule-combining-algorithm:deny-unless-permit", DenyUnlessPermit)]
    [InlineData("3.0:rule-combining-algorithm:permit-unless-deny", PermitUnlessDeny)]
    [InlineData("1.0:rule-combining-algorithm:first-applicable", FirstApplicable)]
    [InlineData("1.0:rule-combining-algorithm:deny-overrides", OldDenyOverridesOfRules)]
    [InlineData("1.1:rule-combining-algorithm:ordered-deny-overrides", OldDenyOverridesOfRules)]
    [InlineData("1.0:rule-combining-algorithm:permit-overrides", OldPermitOverridesOfRules)]
    [InlineData("1.1:rule-combining-algorithm:ordered-permit-overrides", OldPermitOverridesOfRules)]
    public void Should_make_of_two_rules(string algorithm, string table) => Compare(table, (first, second) => first == "?" || second == "?"
        ? null : Policy(RuleOf(first) + RuleOf(second), "urn:oasis:names:tc:xacml:" + algorithm));

    [Theory]
    [InlineData("P", "P")]
    [InlineData("D", "D")]
    [InlineData("N", "N")]
    [InlineData("?P", "?")]
    public void Should_take_the_only_policy(string child, string expected) =>
        Assert.Equal(expected, Decide(Set("1.0:policy-combining-algorithm:only-one-applicable", Child(child, "a"))));

    [Theory]
    [InlineData("N D P", "P")]
    [InlineData("D P D", "D")]
    [InlineData("?D P P", "P")]
    [InlineData("P D P", "D")]
    [InlineData("? P D", "?")]
    [InlineData("P", "?")]
    [InlineData("P P P P", "?")]
    public void Should_apply_the_third_when_the_first_does_not_permit(string children, string expected) => Assert.Equal(expected, Decide(Set(
        "3.0:policy-combining-algorithm:on-permit-apply-second", string.Concat(children.Split(' ').Select((child, i) => Child(child, $"c{i}"))))));

    [Theory]
    [InlineData("3.0:{0}:deny-overrides")]
    [InlineData("3.0:{0}:ordered-deny-overrides")]
    [InlineData("3.0:{0}:permit-overrides")]
    [InlineData("3.0:{0}:ordered-permit-overrides")]
    [InlineData("3.0:{0}:deny-unless-permit")]
    [InlineData("3.0:{0}:permit-unless-deny")]
    [InlineData("1.0:{0}:first-applicable")]
    [InlineData("1.0:{0}:deny-overrides")]
    [InlineData("1.1:{0}:ordered-deny-overrides")]
    [InlineData("1.0:{0}:permit-overrides")]
    [InlineData("1.1:{0}:ordered-permit-overrides")]
    public void Should_make_of_every_three_what_the_standard_makes_of_them(string algorithm)
    {
        foreach (var isSet in (bool[])[true, false])
        {
            var id = "urn:oasis:names:tc:xacml:" + algorithm.Replace("{0}", isSet ? "policy-combining-algorithm" : "rule-combining-algorithm", StringComparison.Ordinal);
            // A rule never leaves both open.
            var outcomes = isSet ? Triples.Outcomes : Triples.Outcomes[..^1];
            foreach (var triple in from first in outcomes from second in outcomes from third in outcomes select (string[])[first, second, third])
                {
                if (Comparison.Difference(Triples.Of(id, isSet, triple)) is { } difference) Assert.Fail($"{id} of {string.Join(' ', triple)}: {difference}");
            }
        }
    }

    private static void Compare(string table, Func<string, string, string?> write)
    {
        var rows = table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        for (var row = 0; row < Outcomes.Length; row++)
        {
            for (var column = 0; column < Outcomes.Length; column++)
            {
                if (write(Outcomes[row], Outcomes[column]) is not { } policy) continue;
                var answer = Decide(policy);
                Assert.True(rows[row][column] == answer, $"{Outcomes[row]} and {Outcomes[column]}: {rows[row][column]} expected, {answer} answered");
            }
        }
    }

    private static string Decide(string policy)
    {
        var trace = new EvaluationTrace();
        Load(policy).Evaluate(Request(), trace);
        return trace.Roots.Single().Decision switch
        {
            ExtendedDecision.NotApplicable => "N",
            ExtendedDecision.Permit => "P",
            ExtendedDecision.Deny => "D",
            ExtendedDecision.IndeterminateP => "?P",
            ExtendedDecision.IndeterminateD => "?D",
            _ => "?",
        };
    }

    private static string Set(string algorithm, string children) => $"""
        <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="set" Version="1.0"
          PolicyCombiningAlgId="urn:oasis:names:tc:xacml:{algorithm}"><Target/>{children}</PolicySet>
        """;

    private static string Child(string outcome, string id) => Policy(outcome == "?" ? Broken("Permit") + Broken("Deny") : RuleOf(outcome), id: id);

    private static string RuleOf(string outcome) => outcome switch
    {
        "P" => Rule("Permit"),
        "D" => Rule("Deny"),
        "?P" => Broken("Permit"),
        "?D" => Broken("Deny"),
        _ => Rule("Permit", $"<AttributeValue DataType='{DataTypes.Boolean}'>false</AttributeValue>"),
    };
}
