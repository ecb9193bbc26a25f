using System.Collections.Frozen;

namespace Provisioning.Xacml;

/// <summary>The XML attributes that the schema gives to the elements of policies. One that is misspelt, such as an Issuer, should not go unnoticed:
/// without it the policy means something else. It is no reason to refuse a policy, since published cases of the standard have such attributes.</summary>
internal static class SchemaAttributes
{
    private static readonly FrozenDictionary<string, string[]> ByElement = new Dictionary<string, string[]>
    {
        ["Policy"] = ["PolicyId", "Version", "RuleCombiningAlgId", "MaxDelegationDepth"],
        ["PolicySet"] = ["PolicySetId", "Version", "PolicyCombiningAlgId", "MaxDelegationDepth"],
        ["PolicyIdReference"] = ["Version", "EarliestVersion", "LatestVersion"],
        ["PolicySetIdReference"] = ["Version", "EarliestVersion", "LatestVersion"],
        ["Rule"] = ["RuleId", "Effect"],
        ["Match"] = ["MatchId"],
        ["AttributeDesignator"] = ["Category", "AttributeId", "DataType", "Issuer", "MustBePresent"],
        ["AttributeSelector"] = ["Category", "ContextSelectorId", "Path", "DataType", "MustBePresent"],
        ["VariableDefinition"] = ["VariableId"],
        ["VariableReference"] = ["VariableId"],
        ["Apply"] = ["FunctionId"],
        ["Function"] = ["FunctionId"],
        ["ObligationExpression"] = ["ObligationId", "FulfillOn"],
        ["AdviceExpression"] = ["AdviceId", "AppliesTo"],
        ["AttributeAssignmentExpression"] = ["AttributeId", "Category", "Issuer"],
        ["CombinerParameter"] = ["ParameterName"],
        ["RuleCombinerParameters"] = ["RuleIdRef"],
        ["PolicyCombinerParameters"] = ["PolicyIdRef"],
        ["PolicySetCombinerParameters"] = ["PolicySetIdRef"],
        ["Target"] = [],
        ["AnyOf"] = [],
        ["AllOf"] = [],
        ["Condition"] = [],
        ["ObligationExpressions"] = [],
        ["AdviceExpressions"] = [],
        ["CombinerParameters"] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether an element may have an attribute. Those that are not listed, such as AttributeValue, may have any.</summary>
    public static bool Allow(string element, string attribute) =>
        !ByElement.TryGetValue(element, out var known) || Array.IndexOf(known, attribute) >= 0;
}
