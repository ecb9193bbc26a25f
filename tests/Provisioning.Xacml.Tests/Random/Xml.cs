using System.Text;

namespace Provisioning.Xacml.Tests.Random;

/// <summary>Writes the policies of the property test as XACML.</summary>
internal static class Xml
{
    public const string FailingFunction = "urn:test:function:fails-for-z";
    private const string Namespace = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";

    public static string Write(BranchNode policy)
    {
        var text = new StringBuilder();
        Write(text, policy, $" xmlns='{Namespace}'");
        return text.ToString();
    }

    private static void Write(StringBuilder text, Node node, string extra = "")
    {
        switch (node)
        {
            case ReferenceNode reference:
                var kind = reference.Policy.IsSet ? "PolicySetIdReference" : "PolicyIdReference";
                text.Append($"<{kind}>{reference.Policy.Id}</{kind}>");
                break;
            case RuleNode rule:
                text.Append($"<Rule RuleId='{rule.Id}' Effect='{(rule.Permits ? "Permit" : "Deny")}'>");
                if (rule.Target.Count > 0) WriteTarget(text, rule.Target);
                if (rule.Condition is not null) text.Append("<Condition>").Append(Of(rule.Condition)).Append("</Condition>");
                WriteDuties(text, rule.Duties);
                text.Append("</Rule>");
                break;
            case BranchNode branch:
                var name = branch.IsSet ? "PolicySet" : "Policy";
                text.Append($"<{name}{extra} {name}Id='{branch.Id}' Version='1.0' {(branch.IsSet ? "PolicyCombiningAlgId" : "RuleCombiningAlgId")}='{branch.Algorithm}'>");
                WriteTarget(text, branch.Target);
                foreach (var (id, formula) in branch.Variables) text.Append($"<VariableDefinition VariableId='{id}'>{Of(formula)}</VariableDefinition>");
                foreach (var child in branch.Children) Write(text, child);
                WriteDuties(text, branch.Duties);
                text.Append($"</{name}>");
                break;
        }
    }

    private static void WriteTarget(StringBuilder text, IReadOnlyList<IReadOnlyList<IReadOnlyList<Test>>> target)
    {
        text.Append("<Target>");
        foreach (var anyOf in target)
        {
            text.Append("<AnyOf>");
            foreach (var allOf in anyOf) text.Append("<AllOf>").AppendJoin("", allOf.Select(Of)).Append("</AllOf>");
            text.Append("</AnyOf>");
        }

        text.Append("</Target>");
    }

    private static void WriteDuties(StringBuilder text, IReadOnlyList<Duty> duties)
    {
        foreach (var isAdvice in new[] { false, true })
        {
            var (kind, on) = isAdvice ? ("Advice", "AppliesTo") : ("Obligation", "FulfillOn");
            var some = duties.Where(duty => duty.IsAdvice == isAdvice).ToList();
            if (some.Count == 0) continue;
            text.Append($"<{kind}Expressions>");
            foreach (var duty in some)
            {
                var value = duty.Attribute is null ? Literal(Kind.Text, duty.Literal!) : Of(duty.Attribute);
                text.Append($"<{kind}Expression {kind}Id='{duty.Id}' {on}='{(duty.OnPermit ? "Permit" : "Deny")}'>")
                    .Append($"<AttributeAssignmentExpression AttributeId='value'>{value}</AttributeAssignmentExpression></{kind}Expression>");
            }

            text.Append($"</{kind}Expressions>");
        }
    }

    private static string Of(Test test) =>
        $"<Match MatchId='{FunctionId(test.Function, test.Attribute.Kind)}'>{Literal(test.Attribute.Kind, test.Literal)}{Of(test.Attribute)}</Match>";

    private static string Of(Formula formula) => formula switch
    {
        Always always => $"<AttributeValue DataType='{DataTypes.Boolean}'>{(always.Value ? "true" : "false")}</AttributeValue>",
        IsIn test => Apply(FunctionId("is-in", test.Attribute.Kind), Literal(test.Attribute.Kind, test.Literal) + Of(test.Attribute)),
        OnlyIs test => Apply(
            FunctionId("equal", test.Attribute.Kind),
            Apply(FunctionId("one-and-only", test.Attribute.Kind), Of(test.Attribute)) + Literal(test.Attribute.Kind, test.Literal)),
        Junction junction => Apply(FunctionTable.V1 + (junction.IsAnd ? "and" : "or"), string.Concat(junction.Parts.Select(Of))),
        Not not => Apply(FunctionTable.V1 + "not", Of(not.Inner)),
        Variable variable => $"<VariableReference VariableId='{variable.Id}'/>",
        _ => throw new InvalidOperationException(),
    };

    private static string Apply(string function, string arguments) => $"<Apply FunctionId='{function}'>{arguments}</Apply>";

    private static string Of(Attribute attribute) =>
        $"<AttributeDesignator Category='{attribute.Category}' AttributeId='{attribute.Id}' DataType='{TypeOf(attribute.Kind).Uri}'"
        + (attribute.Issuer is null ? "" : $" Issuer='{attribute.Issuer}'") + $" MustBePresent='{(attribute.MustBePresent ? "true" : "false")}'/>";

    private static string Literal(Kind kind, string text) => $"<AttributeValue DataType='{TypeOf(kind).Uri}'>{text}</AttributeValue>";

    public static DataType TypeOf(Kind kind) => kind switch
    {
        Kind.Text => DataType.String,
        Kind.Number => DataType.Integer,
        _ => DataType.AnyUri,
    };

    private static string FunctionId(string function, Kind kind) => function switch
    {
        "fails-for-z" => FailingFunction,
        "starts-with" => FunctionTable.V3 + "string-starts-with",
        "less-than" => FunctionTable.V1 + "integer-less-than",
        _ => FunctionTable.V1 + TypeOf(kind).Name + "-" + function,
    };
}
