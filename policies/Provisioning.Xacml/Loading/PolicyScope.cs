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

    /// <summary>An attribute that the schema requires; "" if it is missing, which was reported when the element was read.</summary>
    public static string Required(Element element, string name) => element.Attribute(name) ?? "";

    public static bool Flag(Element element, string name) => Required(element, name).AsSpan().Trim(XmlLexical.Space) is "true" or "1";

    /// <summary>Permit or Deny.</summary>
    public static ExtendedDecision Effect(Element element, string name) =>
        Required(element, name) == "Permit" ? ExtendedDecision.Permit : ExtendedDecision.Deny;

    public DataType? Type(Element element)
    {
        if (element.Attribute("DataType") is not { } uri) return null;
        var type = program.FindType(uri);
        if (type is null) Problem(element, $"data type '{uri}' is not supported{KnownIdentifiers.Hint(uri, program.TypeIds)}");
        return type;
    }

    public bool IsXacml(Element element)
    {
        if (element.IsXacml) return true;
        Problem(element, $"element '{element.FullName}' is not of XACML 3.0 ({ElementReader.XacmlNamespace})");
        return false;
    }

    /// <summary>The children of one kind; the schema has no others where this is asked.</summary>
    public static IEnumerable<Element> Parts(Element element, string name) => element.Children.Where(child => child.IsXacml && child.Name == name);
}
