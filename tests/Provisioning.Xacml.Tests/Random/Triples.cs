namespace Provisioning.Xacml.Tests.Random;

/// <summary>Children of every outcome, three at a time: what no pair shows is found among them.</summary>
internal static class Triples
{
    private const string Failing = "urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides";

    /// <summary>NotApplicable, Permit, Deny, and Indeterminate that could have been Permit, Deny, or both.</summary>
    public static readonly string[] Outcomes = ["N", "P", "D", "IP", "ID", "IDP"];

    /// <summary>A policy or policy set with children of the outcomes, each with an obligation of its own.</summary>
    public static BranchNode Of(string algorithm, bool isSet, IReadOnlyList<string> outcomes) => new(
        "root", isSet, algorithm, [], [.. outcomes.Select((outcome, i) => isSet ? (Node)Policy(outcome, $"c{i}") : Rule(outcome, $"c{i}"))],
        new Dictionary<string, Formula>(), []);

    private static BranchNode Policy(string outcome, string id)
    {
        IReadOnlyList<Node> rules = outcome switch
        {
            "N" => [],
            "IDP" => [Rule("IP", id + "a"), Rule("ID", id + "b")],
            _ => [Rule(outcome, id + "r")],
        };
        return new(id, false, Failing, [], rules, new Dictionary<string, Formula>(), Duties(id));
    }

    private static RuleNode Rule(string outcome, string id)
    {
        Formula? condition = outcome switch
        {
            "N" => new Always(false),
            "IP" or "ID" => new OnlyIs("a", new Attribute("urn:a", "absent", Kind.Text, null, false)),
            _ => null,
        };
        return new(id, outcome is "P" or "IP" or "N", [], condition, Duties(id));
    }

    private static IReadOnlyList<Duty> Duties(string id) => [new(id + "-p", false, true, "a", null), new(id + "-d", false, false, "a", null)];
}
