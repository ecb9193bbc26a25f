namespace Provisioning.Xacml;

/// <summary>One source while it is compiled: collects problems with file and line.</summary>
internal sealed class PolicyScope(string file, PolicyProgram program, SharedParts shared, List<PolicyProblem> problems)
{
    private EvaluationContext? _constants;

    public PolicyProgram Program => program;

    public SharedParts Shared => shared;

    /// <summary>A context to evaluate what is constant in.</summary>
    public EvaluationContext Constants => _constants ??= new(program);

    public void Problem(Element where, string message) => problems.Add(new(file, where.Line, message));

    public void Remark(Element where, string message) => program.Remarks.Add(new(file, where.Line, message));

    public SourcePlace Place(Element element) => new(file, element.Line);

    public string Required(Element element, string name)
    {
        if (element.Attribute(name) is { } value) return value;
        Problem(element, $"{element.Name} lacks {name}");
        return "";
    }

    public bool Flag(Element element, string name)
    {
        var text = Required(element, name).Trim();
        if (text is not ("true" or "false" or "1" or "0" or "")) Problem(element, $"{name} '{text}' is neither true nor false");
        return text is "true" or "1";
    }

    /// <summary>Permit or Deny.</summary>
    public ExtendedDecision Effect(Element element, string name)
    {
        var text = Required(element, name);
        if (text is not ("Permit" or "Deny" or "")) Problem(element, $"{name} '{text}' is neither Permit nor Deny");
        return text == "Permit" ? ExtendedDecision.Permit : ExtendedDecision.Deny;
    }

    public DataType? Type(Element element)
    {
        var uri = Required(element, "DataType");
        var type = program.FindType(uri);
        if (type is null && uri.Length > 0) Problem(element, $"data type '{uri}' is not supported");
        return type;
    }

    public bool IsXacml(Element element)
    {
        if (element.IsXacml) return true;
        Problem(element, $"element '{element.FullName}' is not of XACML 3.0 ({ElementReader.XacmlNamespace})");
        return false;
    }

    /// <summary>The children of one kind; any other is a problem.</summary>
    public List<Element> Parts(Element element, string name)
    {
        var parts = new List<Element>(element.Children.Count);
        foreach (var child in element.Children)
        {
            if (child.IsXacml && child.Name == name) parts.Add(child);
            else Problem(child, $"{child.Name} is not supported in {element.Name}");
        }

        return parts;
    }
}
