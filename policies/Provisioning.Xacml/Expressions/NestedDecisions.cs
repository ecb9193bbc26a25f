using System.Globalization;
using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>Counts how often policies ask the decision point anew while one request is decided: they may well ask the question that they are
/// asked (A.3.16).</summary>
internal sealed class NestedDecisions(int most)
{
    // Each level takes a part of the stack for itself.
    private const int MaxDepth = 10;
    private int _count;
    private int _depth;

    /// <summary>Whether policies asked more than they may.</summary>
    public bool WasExceeded { get; private set; }

    public Failure IsExceeded { get; } = Failure.Limit(string.Create(
        CultureInfo.InvariantCulture, $"access-permitted was called more than {most} times, or {MaxDepth} levels deep: the policies may ask in a circle"));

    public bool TryEnter()
    {
        WasExceeded |= _count == most || _depth == MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack();
        if (WasExceeded) return false;
        _count++;
        _depth++;
        return true;
    }

    public void Leave() => _depth--;
}
