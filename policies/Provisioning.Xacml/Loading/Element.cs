namespace Provisioning.Xacml;

/// <summary>An XML element of a policy, with no more than compiling needs: far smaller than a document tree.</summary>
internal sealed class Element(string name, string @namespace, int line, KeyValuePair<string, string>[] attributes)
{
    public string Name => name;

    public bool IsXacml => @namespace == ElementReader.XacmlNamespace;

    public string FullName => @namespace.Length == 0 ? name : $"{{{@namespace}}}{name}";

    public int Line => line;

    public List<Element> Children { get; } = [];

    /// <summary>The text between the tags, as it stands; "" if there are only elements.</summary>
    public string Text { get; set; } = "";

    /// <summary>The prefixes in scope, of elements that hold XPath.</summary>
    public IReadOnlyDictionary<string, string>? Prefixes { get; init; }

    /// <summary>Whether the children are still to be read, one by one.</summary>
    public bool IsOpen { get; init; }

    public string? Attribute(string attribute)
    {
        foreach (var (key, value) in attributes)
        {
            if (key == attribute) return value;
        }

        return null;
    }
}
