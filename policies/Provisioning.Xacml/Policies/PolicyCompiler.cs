using System.Xml.Linq;

namespace Provisioning.Xacml;

/// <summary>Compiles the policies of one source; every policy met, nested ones too, ends up in the list given.</summary>
internal sealed class PolicyCompiler(PolicyScope scope, List<PolicyNode> policies, List<PolicyReference> references)
{
    public PolicyNode? Compile(XElement element)
    {
        if (!scope.IsXacml(element)) return null;
        switch (element.Name.LocalName)
        {
            case "Policy": return Node(element, isSet: false);
            case "PolicySet": return Node(element, isSet: true);
            default:
                scope.Problem(element, $"element '{element.Name.LocalName}' is neither Policy nor PolicySet");
                return null;
        }
    }

    private PolicyNode Node(XElement element, bool isSet)
    {
        var kind = isSet ? "PolicySet" : "Policy";
        var identifier = new PolicyIdentifier(scope.Required(element, kind + "Id"), scope.Required(element, "Version")) { IsSet = isSet };
        var uri = scope.Required(element, isSet ? "PolicyCombiningAlgId" : "RuleCombiningAlgId");
        var algorithm = CombiningAlgorithms.Find(uri, forRules: !isSet);
        if (algorithm is null && uri.Length > 0) scope.Problem(element, $"combining algorithm '{uri}' is not supported");

        var variables = isSet ? [] : element.Elements(PolicyScope.Namespace + "VariableDefinition");
        var compiler = new ExpressionCompiler(scope, variables);
        var target = Target.Empty;
        var targets = 0;
        var children = new List<Evaluable>();
        var duties = new List<Duty>();
        foreach (var child in element.Elements())
        {
            if (!scope.IsXacml(child)) continue;
            switch (child.Name.LocalName)
            {
                case "Description" or "PolicyDefaults" or "PolicySetDefaults": break;
                // Parameters are for algorithms outside the standard; those of the standard take none.
                case "CombinerParameters" or "RuleCombinerParameters" or "PolicyCombinerParameters" or "PolicySetCombinerParameters": break;
                case "Target":
                    targets++;
                    target = CompileTarget(child, compiler);
                    break;
                case "VariableDefinition" when !isSet: break;
                case "Rule" when !isSet: children.Add(CompileRule(child, compiler)); break;
                case "Policy" or "PolicySet" when isSet:
                    if (Compile(child) is { } nested) children.Add(nested);
                    break;
                case "PolicyIdReference" or "PolicySetIdReference" when isSet: children.Add(Reference(child)); break;
                case "ObligationExpressions" or "AdviceExpressions": CompileDuties(child, compiler, duties); break;
                default: scope.Problem(child, $"{child.Name.LocalName} is not supported in a {kind}"); break;
            }
        }

        if (targets != 1) scope.Problem(element, $"{kind} '{identifier.Id}' must have one Target, not {targets}");
        var node = new PolicyNode(identifier, scope.Place(element), target, algorithm ?? ((_, _) => NodeResult.NotApplicable), children, duties);
        policies.Add(node);
        return node;
    }

    private PolicyReference Reference(XElement element)
    {
        var reference = new PolicyReference(
            element.Value.Trim(),
            element.Name.LocalName == "PolicySetIdReference",
            (string?)element.Attribute("Version"),
            (string?)element.Attribute("EarliestVersion"),
            (string?)element.Attribute("LatestVersion"),
            scope.File,
            PolicyScope.Line(element));
        references.Add(reference);
        return reference;
    }

    private Rule CompileRule(XElement element, ExpressionCompiler compiler)
    {
        var id = scope.Required(element, "RuleId");
        var effect = scope.Required(element, "Effect");
        if (effect is not ("Permit" or "Deny" or "")) scope.Problem(element, $"Effect '{effect}' is neither Permit nor Deny");
        var target = Target.Empty;
        Expression? condition = null;
        var duties = new List<Duty>();
        foreach (var child in element.Elements())
        {
            if (!scope.IsXacml(child)) continue;
            switch (child.Name.LocalName)
            {
                case "Description": break;
                case "Target": target = CompileTarget(child, compiler); break;
                case "Condition":
                    condition = compiler.CompileOnly(child);
                    if (condition is not null && condition.Type != DataType.Boolean)
                        scope.Problem(child, $"the condition of rule '{id}' is a {condition.Type}, not a boolean");
                    break;
                case "ObligationExpressions" or "AdviceExpressions": CompileDuties(child, compiler, duties); break;
                default: scope.Problem(child, $"{child.Name.LocalName} is not supported in a Rule"); break;
            }
        }

        return new Rule(id, scope.Place(element), effect == "Permit", target, condition, duties);
    }

    private Target CompileTarget(XElement element, ExpressionCompiler compiler) => new(
        [.. Parts(element, "AnyOf").Select(anyOf => NotEmpty(anyOf, "AllOf")
            .Select(allOf => NotEmpty(allOf, "Match").Select(match => CompileMatch(match, compiler)).OfType<Match>().ToArray()).ToArray())]);

    private List<XElement> NotEmpty(XElement element, string name)
    {
        if (!element.HasElements) scope.Problem(element, $"{element.Name.LocalName} has no {name}");
        return Parts(element, name);
    }

    private List<XElement> Parts(XElement element, string name)
    {
        var parts = new List<XElement>();
        foreach (var child in element.Elements())
        {
            if (child.Name == PolicyScope.Namespace + name) parts.Add(child);
            else scope.Problem(child, $"{child.Name.LocalName} is not supported in {element.Name.LocalName}");
        }

        return parts;
    }

    private Match? CompileMatch(XElement element, ExpressionCompiler compiler)
    {
        var function = compiler.Function(element, "MatchId");
        if (element.Elements().ToList() is not [{ Name.LocalName: "AttributeValue" } first, var second])
        {
            scope.Problem(element, "Match must hold an AttributeValue and an AttributeDesignator");
            return null;
        }

        var literal = compiler.Literal(first);
        var attribute = second.Name.LocalName is "AttributeDesignator" or "AttributeSelector" ? compiler.Compile(second) : null;
        if (second.Name.LocalName is not ("AttributeDesignator" or "AttributeSelector"))
            scope.Problem(second, $"{second.Name.LocalName} is not supported in Match");
        if (function is null || literal is null || attribute is null) return null;
        var fault = function.Returns != DataType.Boolean
            ? "does not answer a boolean" : function.Check([literal.Type, attribute.Type.Type]);
        if (fault is null && function.Id.EndsWith("-regexp-match", StringComparison.Ordinal))
            return compiler.PatternCompiles(element, new Constant(literal)) ? new Match(function, literal, attribute) : null;
        if (fault is null) return new Match(function, literal, attribute);
        scope.Problem(element, $"function '{(string?)element.Attribute("MatchId")}' {fault}");
        return null;
    }

    private void CompileDuties(XElement element, ExpressionCompiler compiler, List<Duty> duties)
    {
        var isAdvice = element.Name.LocalName == "AdviceExpressions";
        var kind = isAdvice ? "Advice" : "Obligation";
        foreach (var duty in Parts(element, kind + "Expression"))
        {
            var on = scope.Required(duty, isAdvice ? "AppliesTo" : "FulfillOn");
            if (on is not ("Permit" or "Deny" or "")) scope.Problem(duty, $"'{on}' is neither Permit nor Deny");
            var assignments = new List<DutyAssignment>();
            foreach (var part in Parts(duty, "AttributeAssignmentExpression"))
            {
                var attributeId = scope.Required(part, "AttributeId");
                if (compiler.CompileOnly(part) is { } expression)
                    assignments.Add(new(attributeId, (string?)part.Attribute("Category"), (string?)part.Attribute("Issuer"), expression));
            }

            duties.Add(new(scope.Required(duty, kind + "Id"), on == "Permit", isAdvice, assignments));
        }
    }
}
