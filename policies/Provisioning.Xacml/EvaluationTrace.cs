using System.Text;

namespace Provisioning.Xacml;

/// <summary>Records how a decision came about.</summary>
public sealed class EvaluationTrace
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes the evaluation as an indented tree.</summary>
    /// <returns>The text.</returns>
    public string Render() => _text.ToString();

    internal void Enter(string title)
    {
        Note(title);
        _depth++;
    }

    internal void Leave(NodeResult result)
    {
        Note($"decision: {result.Outcome}{(result.Status is null ? "" : $" ({result.Status.Message})")}");
        _depth--;
    }

    internal void Target(MatchResult match) =>
        Note(match.Error is not null ? $"target: error ({match.Error.Message})" : match.Matches ? "target: matches" : "target: does not match");

    internal void Found(string attributeId, Bag bag) =>
        Note($"attribute: {attributeId} = {string.Join(", ", bag.Values.Select(value => $"'{value.Text}'"))}");

    internal void Missing(string category, string attributeId, DataType type, bool needed) =>
        Note($"missing attribute: {attributeId} ({type.Name}) in {category}{(needed ? ", must be present" : "")}");

    internal void Note(string text) => _text.Append(' ', _depth * 2).Append(text).Append('\n');
}
