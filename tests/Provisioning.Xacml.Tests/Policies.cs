namespace Provisioning.Xacml.Tests;

internal static class Policies
{
    public const string Subject = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";
    public const string DenyOverrides = "urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides";

    public static string Policy(string body, string algorithm = DenyOverrides, string id = "p") =>
        $"""
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="{id}" Version="1.0" RuleCombiningAlgId="{algorithm}">
        <Target/>
        {body}
        </Policy>
        """;

    public static string Rule(string effect, string? condition = null, string id = "r", string rest = "") =>
        $"""<Rule RuleId="{id}" Effect="{effect}">{(condition is null ? "" : $"<Condition>{condition}</Condition>")}{rest}</Rule>""";

    public static string Apply(string function, string arguments, string version = "1.0") =>
        $"""<Apply FunctionId="urn:oasis:names:tc:xacml:{version}:function:{function}">{arguments}</Apply>""";

    public static string Text(string value) => $"""<AttributeValue DataType="{DataTypes.String}">{value}</AttributeValue>""";

    public static string Attribute(string id, bool needed = false, string type = DataTypes.String) =>
        $"""<AttributeDesignator Category="{Subject}" AttributeId="{id}" DataType="{type}" MustBePresent="{(needed ? "true" : "false")}"/>""";

    /// <summary>A rule that always fails.</summary>
    public static string Broken(string effect) => Rule(effect, Apply("string-is-in", Text("x") + Attribute("absent", needed: true)), "broken");

    public static PolicyDecisionPoint Load(params string[] texts) =>
        PolicyDecisionPoint.Load(texts.Select((text, i) => new PolicySource($"{i}.xml", text)));

    public static IReadOnlyList<PolicyProblem> Problems(params string[] texts) =>
        Assert.Throws<PolicyException>(() => Load(texts)).Problems;

    public static XacmlRequest Request(params (string Id, string Value)[] attributes)
    {
        var builder = new XacmlRequestBuilder();
        foreach (var (id, value) in attributes) builder.Add(Subject, id, DataTypes.String, value);
        return builder.Build();
    }
}
