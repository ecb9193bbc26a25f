using System.Text;

namespace Provisioning.Xacml;

/// <summary>Writes a trace for people.</summary>
internal static class TraceText
{
    public static string Write(IEnumerable<TraceNode> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes) Write(text, node, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, TraceNode node, int depth)
    {
        var marker = node.IsDecisive ? " <- decides" : "";
        Line(text, depth, $"{node.Kind} {node.Id} ({node.File}:{node.Line}): {node.Decision}{marker}");
        if (node.Target is { } target) Line(text, depth + 1, "target: " + target switch
        {
            TargetMatch.Match => "matches",
            TargetMatch.NoMatch => "does not match",
            _ => "error",
        });
        foreach (var attribute in node.Attributes) Line(text, depth + 1, Describe(attribute));
        foreach (var asked in node.Asked)
        {
            Line(text, depth + 1, "asked by access-permitted:");
            Write(text, asked, depth + 2);
        }

        if (node.Condition is { } condition) Line(text, depth + 1, condition ? "condition: true" : "condition: false");
        if (node.Reason is not null) Line(text, depth + 1, "because: " + node.Reason);
        foreach (var child in node.Children) Write(text, child, depth + 1);
    }

    private static string Describe(TracedAttribute attribute)
    {
        var issuer = attribute.Issuer is null ? "" : $" of issuer {attribute.Issuer}";
        if (attribute.Values.Count > 0)
            return $"{(attribute.IsPath ? "content" : "attribute")}: {attribute.AttributeId}{issuer} = {string.Join(", ", attribute.Values.Select(value => $"'{value}'"))}";
        var type = attribute.DataType[(attribute.DataType.LastIndexOfAny(['#', ':']) + 1)..];
        return $"missing {(attribute.IsPath ? "content" : "attribute")}: {attribute.AttributeId}{issuer} ({type}) in {attribute.Category}{(attribute.MustBePresent ? ", must be present" : "")}";
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
}
