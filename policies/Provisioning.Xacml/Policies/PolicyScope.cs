using System.Xml;
using System.Xml.Linq;

namespace Provisioning.Xacml;

/// <summary>One source while it is compiled: collects problems with file and line.</summary>
internal sealed class PolicyScope(string file, List<PolicyProblem> problems)
{
    public static readonly XNamespace Namespace = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";

    public string File => file;

    public void Problem(XObject where, string message) => problems.Add(new(file, Line(where), message));

    public static int Line(XObject where) => ((IXmlLineInfo)where).LineNumber;

    public string Place(XElement element) => $"{file}:{Line(element)}";

    public string Required(XElement element, string name)
    {
        if ((string?)element.Attribute(name) is { } value) return value;
        Problem(element, $"{element.Name.LocalName} lacks {name}");
        return "";
    }

    public bool Flag(XElement element, string name)
    {
        var text = Required(element, name).Trim();
        if (text is not ("true" or "false" or "1" or "0" or "")) Problem(element, $"{name} '{text}' is neither true nor false");
        return text is "true" or "1";
    }

    public DataType? Type(XElement element)
    {
        var uri = Required(element, "DataType");
        var type = DataType.Find(uri);
        if (type is null && uri.Length > 0) Problem(element, $"data type '{uri}' is not supported");
        return type;
    }

    public bool IsXacml(XElement element)
    {
        if (element.Name.Namespace == Namespace) return true;
        Problem(element, $"element '{element.Name}' is not of XACML 3.0 ({Namespace})");
        return false;
    }
}
