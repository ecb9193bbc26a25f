using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_rules_are_combined
{
    [Theory]
    [InlineData("3.0", "deny-overrides", "P D", Decision.Deny)]
    [InlineData("3.0", "deny-overrides", "P ?P", Decision.Permit)]
    [InlineData("3.0", "deny-overrides", "P ?D", Decision.Indeterminate)]
    [InlineData("3.0", "ordered-deny-overrides", "P D", Decision.Deny)]
    [InlineData("3.0", "permit-overrides", "D P", Decision.Permit)]
    [InlineData("3.0", "permit-overrides", "D ?P", Decision.Indeterminate)]
    [InlineData("3.0", "permit-overrides", "D ?D", Decision.Deny)]
    [InlineData("3.0", "ordered-permit-overrides", "D P", Decision.Permit)]
    [InlineData("3.0", "deny-unless-permit", "?P", Decision.Deny)]
    [InlineData("3.0", "deny-unless-permit", "D P", Decision.Permit)]
    [InlineData("3.0", "permit-unless-deny", "?D", Decision.Permit)]
    [InlineData("1.0", "first-applicable", "D P", Decision.Deny)]
    [InlineData("1.0", "first-applicable", "?D P", Decision.Indeterminate)]
    [InlineData("1.0", "deny-overrides", "P D", Decision.Deny)]
    [InlineData("1.1", "ordered-permit-overrides", "D P", Decision.Permit)]
    [InlineData("3.0", "deny-overrides", "", Decision.NotApplicable)]
    public void Should_follow_the_algorithm(string version, string algorithm, string rules, Decision expected)
    {
        var body = string.Concat(rules.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(rule =>
            rule[0] == '?' ? Broken(Effect(rule[1])) : Rule(Effect(rule[0]))));
        var pdp = Load(Policy(body, $"urn:oasis:names:tc:xacml:{version}:rule-combining-algorithm:{algorithm}"));
        Assert.Equal(expected, pdp.Evaluate(Request()).Decision);
    }

    // What an algorithm leaves open decides what the one above makes of it.
    [Theory]
    [InlineData("3.0:rule-combining-algorithm:deny-overrides", "?P", Decision.Permit)]
    [InlineData("3.0:rule-combining-algorithm:deny-overrides", "?D", Decision.Indeterminate)]
    [InlineData("1.0:rule-combining-algorithm:first-applicable", "?P", Decision.Indeterminate)]
    [InlineData("1.0:rule-combining-algorithm:deny-overrides", "?P", Decision.Indeterminate)]
    public void Should_pass_on_what_is_left_open(string algorithm, string rule, Decision expected)
    {
        var open = Policy(Broken(Effect(rule[1])), "urn:oasis:names:tc:xacml:" + algorithm, "open");
        Assert.Equal(expected, Load(open, Policy(Rule("Permit"), id: "sure")).Evaluate(Request()).Decision);
    }

    private static string Effect(char letter) => letter == 'P' ? "Permit" : "Deny";
}
