namespace Provisioning.Xacml;

/// <summary>Records how a decision came about, as a tree of policy sets, policies and rules.</summary>
public sealed class EvaluationTrace
{
    /// <summary>The root policies that were evaluated.</summary>
    public IReadOnlyList<TraceNode> Roots => RootList;

    internal List<TraceNode> RootList { get; } = [];

    /// <summary>Writes the evaluation as an indented tree.</summary>
    /// <returns>The text.</returns>
    public string Render() => TraceText.Write(RootList);

    /// <summary>Writes the evaluation as a JSON array of nodes, each with the nodes inside as <c>children</c>.</summary>
    /// <returns>The JSON text.</returns>
    public string ToJson() => TraceJson.Write(RootList);
}
