using System.Collections.Frozen;

namespace Provisioning.Xacml;

/// <summary>The schema of XACML 3.0 (core, chapter 9), as far as policies go: the attributes of each element, and which elements it holds, how many and
/// in which order. Written as one line for each element: <c>Name attribute:type? … = Child Child? Child* (Child|Child)+</c>.</summary>
internal static class PolicySchema
{
    // An attribute without a question mark, and a child without a sign, must be there exactly once. #text is text, #any is anything.
    private const string Table = """
        Policy PolicyId RuleCombiningAlgId Version:version MaxDelegationDepth:whole? = Description? PolicyIssuer? PolicyDefaults? Target (CombinerParameters|RuleCombinerParameters|VariableDefinition|Rule)* ObligationExpressions? AdviceExpressions?
        PolicySet PolicySetId PolicyCombiningAlgId Version:version MaxDelegationDepth:whole? = Description? PolicyIssuer? PolicySetDefaults? Target (PolicySet|Policy|PolicySetIdReference|PolicyIdReference|CombinerParameters|PolicyCombinerParameters|PolicySetCombinerParameters)* ObligationExpressions? AdviceExpressions?
        Rule RuleId Effect:effect = Description? Target? Condition? ObligationExpressions? AdviceExpressions?
        Description = #text
        PolicyIssuer = Content? Attribute*
        Content = #any
        Attribute AttributeId Issuer? IncludeInResult:flag = AttributeValue+
        PolicyDefaults = XPathVersion
        PolicySetDefaults = XPathVersion
        XPathVersion = #text
        PolicyIdReference Version:pattern? EarliestVersion:pattern? LatestVersion:pattern? = #text
        PolicySetIdReference Version:pattern? EarliestVersion:pattern? LatestVersion:pattern? = #text
        Target = AnyOf*
        AnyOf = AllOf+
        AllOf = Match+
        Match MatchId = AttributeValue (AttributeDesignator|AttributeSelector)
        Condition = Expression
        VariableDefinition VariableId = Expression
        VariableReference VariableId =
        Apply FunctionId = Description? Expression*
        Function FunctionId =
        AttributeDesignator Category AttributeId DataType Issuer? MustBePresent:flag =
        AttributeSelector Category ContextSelectorId? Path DataType MustBePresent:flag =
        AttributeValue DataType = #any
        ObligationExpressions = ObligationExpression+
        AdviceExpressions = AdviceExpression+
        ObligationExpression ObligationId FulfillOn:effect = AttributeAssignmentExpression*
        AdviceExpression AdviceId AppliesTo:effect = AttributeAssignmentExpression*
        AttributeAssignmentExpression AttributeId Category? Issuer? = Expression
        CombinerParameters = CombinerParameter*
        RuleCombinerParameters RuleIdRef = CombinerParameter*
        PolicyCombinerParameters PolicyIdRef = CombinerParameter*
        PolicySetCombinerParameters PolicySetIdRef = CombinerParameter*
        CombinerParameter ParameterName = AttributeValue
        """;

    private static readonly string[] Expressions = ["Apply", "AttributeDesignator", "AttributeSelector", "AttributeValue", "VariableReference", "Function"];

    private static readonly FrozenDictionary<string, SchemaElement> ByName =
        Table.Split('\n').Select(line => Element(line.TrimEnd('\r'))).ToFrozenDictionary(element => element.Name, StringComparer.Ordinal);

    /// <summary>What the schema says of an element; null if policies have none of that name.</summary>
    public static SchemaElement? Find(string name) => ByName.GetValueOrDefault(name);

    private static SchemaElement Element(string line)
    {
        var halves = line.Split('=', 2);
        var words = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var content = halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kind = content switch { ["#text"] => SchemaContent.Text, ["#any"] => SchemaContent.Any, _ => SchemaContent.Elements };
        return new(words[0], [.. words.Skip(1).Select(Attribute)], kind, kind == SchemaContent.Elements ? [.. content.Select(Group)] : []);
    }

    private static SchemaAttribute Attribute(string word)
    {
        var parts = word.TrimEnd('?').Split(':');
        var value = parts is [_, var type]
            ? type switch
            {
                "flag" => SchemaValue.Flag,
                "effect" => SchemaValue.Effect,
                "version" => SchemaValue.Version,
                "pattern" => SchemaValue.VersionMatch,
                _ => SchemaValue.Whole,
            }
            : SchemaValue.Text;
        return new(parts[0], !word.EndsWith('?'), value);
    }

    private static SchemaGroup Group(string word)
    {
        var (least, most) = word[^1] switch { '?' => (0, 1), '*' => (0, int.MaxValue), '+' => (1, int.MaxValue), _ => (1, 1) };
        var names = word.TrimEnd('?', '*', '+').Trim('(', ')').Split('|');
        return names is ["Expression"] ? new(Expressions, least, most, "an expression") : new(names, least, most, string.Join(" or ", names));
    }
}
