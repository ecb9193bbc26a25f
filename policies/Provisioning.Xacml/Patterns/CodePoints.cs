namespace Provisioning.Xacml;

/// <summary>A set of code points of Unicode. Immutable.</summary>
internal sealed class CodePoints
{
    /// <summary>The first number that is no code point.</summary>
    public const int End = 0x110000;

    public static readonly CodePoints None = new([]);

    public static readonly CodePoints All = new([0, End]);

    // Where the set begins and ends, in turn, in ascending order; an end is the first code point that does not belong to it.
    private readonly int[] _edges;

    private CodePoints(int[] edges) => _edges = edges;

    /// <summary>The ranges, both ends included.</summary>
    public IEnumerable<(int First, int Last)> Ranges
    {
        get
        {
            for (var i = 0; i < _edges.Length; i += 2) yield return (_edges[i], _edges[i + 1] - 1);
        }
    }

    public CodePoints Complement => new(_edges is [0, .. var rest]
        ? (rest is [.., End] ? rest[..^1] : [.. rest, End])
        : (_edges is [.., End] ? [0, .. _edges[..^1]] : [0, .. _edges, End]));

    public static CodePoints Of(params ReadOnlySpan<int> some)
    {
        var set = None;
        foreach (var one in some) set |= Range(one, one);
        return set;
    }

    /// <summary>The code points in ranges that are in ascending order and do not touch.</summary>
    public static CodePoints Of(IEnumerable<(int First, int Last)> ranges) => new([.. ranges.SelectMany(range => new[] { range.First, range.Last + 1 })]);

    public static CodePoints Range(int first, int last) => new([first, last + 1]);

    /// <summary>The code points that a test holds for.</summary>
    public static CodePoints Where(Func<int, bool> test)
    {
        var edges = new List<int>();
        var inside = false;
        for (var at = 0; at < End; at++)
        {
            if (test(at) == inside) continue;
            edges.Add(at);
            inside = !inside;
        }

        if (inside) edges.Add(End);
        return new([.. edges]);
    }

    public static CodePoints operator |(CodePoints left, CodePoints right) => Merge(left, right, 1);

    public static CodePoints operator &(CodePoints left, CodePoints right) => Merge(left, right, 2);

    public static CodePoints operator -(CodePoints left, CodePoints right) => left & right.Complement;

    public bool Contains(int codePoint)
    {
        var at = Array.BinarySearch(_edges, codePoint);
        // Behind an odd number of edges is inside; an edge itself belongs to what begins there.
        return at >= 0 ? at % 2 == 0 : ~at % 2 == 1;
    }

    // What is in at least so many of the two.
    private static CodePoints Merge(CodePoints left, CodePoints right, int least)
    {
        var edges = new List<int>();
        var (i, j) = (0, 0);
        while (i < left._edges.Length || j < right._edges.Length)
        {
            var at = Math.Min(i < left._edges.Length ? left._edges[i] : End, j < right._edges.Length ? right._edges[j] : End);
            var before = (i % 2) + (j % 2) >= least;
            if (i < left._edges.Length && left._edges[i] == at) i++;
            if (j < right._edges.Length && right._edges[j] == at) j++;
            if ((i % 2) + (j % 2) >= least != before) edges.Add(at);
        }

        return new([.. edges]);
    }
}
