namespace Provisioning.Xacml;

/// <summary>The content of a policy or policy set, part by part.</summary>
internal sealed class PolicyParts(PolicyScope scope, PolicyCompiler policies, bool isSet, IEnumerable<Element> content)
{
    private readonly ExpressionCompiler _expressions = new(scope, content.Where(one => one.IsXacml && one.Name == "VariableDefinition"));
    private readonly List<Evaluable> _children = [];
    private readonly List<Duty> _duties = [];
    private readonly List<CombinerParameter> _parameters = [];

    public Target Target { get; private set; } = Target.Empty;

    public Duties Duties => Duties.Of(_duties);

    public void Add(Element child)
    {
        switch (child.Name)
        {
            case "Description": break;
            case "PolicyDefaults" or "PolicySetDefaults": CheckDefaults(child); break;
            case "PolicyIssuer":
                // Without the administration profile nobody can tell whether the issuer may issue (section 2.11 of that profile).
                scope.Problem(child, "a policy with an issuer is not trusted; only policies without PolicyIssuer are used");
                break;
            case "CombinerParameters" or "RuleCombinerParameters" or "PolicyCombinerParameters" or "PolicySetCombinerParameters":
                AddParameters(child);
                break;
            case "Target":
                Target = new TargetCompiler(scope, _expressions).Compile(child);
                break;
            case "VariableDefinition" when !isSet: break;
            case "Rule" when !isSet: AddRule(child); break;
            case "Policy" or "PolicySet" when isSet:
                if (policies.Compile(child) is { } nested) _children.Add(nested);
                break;
            case "PolicyIdReference" or "PolicySetIdReference" when isSet: _children.Add(policies.Reference(child)); break;
            case "ObligationExpressions" or "AdviceExpressions": new DutyCompiler(_expressions).AddTo(_duties, child); break;
        }
    }

    // An unknown algorithm is a problem that was reported; nothing will be evaluated.
    public Branch Branch(CombiningAlgorithm? algorithm) =>
        new(algorithm ?? new("", static (ref Combination _) => ExtendedDecision.NotApplicable), _children, _parameters);

    private void CheckDefaults(Element element)
    {
        foreach (var version in PolicyScope.Parts(element, "XPathVersion").Where(version => !XPathVersions.IsKnown(version.Text)))
            scope.Problem(version, XPathVersions.Unknown(version.Text));
    }

    private void AddRule(Element element)
    {
        var id = PolicyScope.Required(element, "RuleId");
        var effect = PolicyScope.Effect(element, "Effect");
        var target = Target.Empty;
        Expression<bool>? condition = null;
        var duties = new List<Duty>();
        foreach (var child in element.Children)
        {
            if (!child.IsXacml) continue;
            switch (child.Name)
            {
                case "Description": break;
                case "Target": target = new TargetCompiler(scope, _expressions).Compile(child); break;
                case "Condition": condition = Condition(child, id); break;
                case "ObligationExpressions" or "AdviceExpressions": new DutyCompiler(_expressions).AddTo(duties, child); break;
            }
        }

        _children.Add(new Rule(id, scope.Place(element), effect, target, condition, Duties.Of(duties)));
    }

    private Expression<bool>? Condition(Element element, string ruleId)
    {
        var condition = _expressions.CompileOnly(element);
        if (condition is not null && condition.Type != DataType.Boolean)
            scope.Problem(element, $"the condition of rule '{ruleId}' is {Function.A(condition.Type)}, not a boolean{Function.Hint(DataType.Boolean, condition.Type)}");
        return condition as Expression<bool>;
    }

    private void AddParameters(Element element)
    {
        var child = element.Name switch
        {
            "RuleCombinerParameters" => PolicyScope.Required(element, "RuleIdRef"),
            "PolicyCombinerParameters" => PolicyScope.Required(element, "PolicyIdRef"),
            "PolicySetCombinerParameters" => PolicyScope.Required(element, "PolicySetIdRef"),
            _ => null,
        };
        foreach (var parameter in PolicyScope.Parts(element, "CombinerParameter"))
        {
            var name = PolicyScope.Required(parameter, "ParameterName");
            if (_expressions.CompileOnly(parameter) is not { } value) continue;
            if (value.IsConstant && value.TryGetBag(null!, out var bag)) _parameters.Add(new(name, bag, child));
        }
    }
}
