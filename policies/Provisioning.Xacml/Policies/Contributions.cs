namespace Provisioning.Xacml;

/// <summary>The obligations, advice and policies that belong to decisions. Each entry knows its decision, so that whoever combines decisions only
/// has to drop the entries of those that lost.</summary>
internal sealed class Contributions
{
    private readonly List<(ExtendedDecision Decision, PolicyIdentifier Item)> _policies = [];
    private readonly List<(ExtendedDecision Decision, object Item)> _duties = [];

    /// <summary>How far the lists are filled.</summary>
    public Mark Now => new(_policies.Count, _duties.Count);

    public void Add(ExtendedDecision decision, PolicyIdentifier policy) => _policies.Add((decision, policy));

    /// <summary>Adds an obligation or advice.</summary>
    public void AddDuty(ExtendedDecision decision, object duty) => _duties.Add((decision, duty));

    /// <summary>Drops what was added since the mark and belongs to another decision.</summary>
    public void Keep(Mark mark, ExtendedDecision decision)
    {
        Keep(_policies, mark.Policies, decision);
        Keep(_duties, mark.Duties, decision);
    }

    public void DropSince(Mark mark)
    {
        _policies.RemoveRange(mark.Policies, _policies.Count - mark.Policies);
        _duties.RemoveRange(mark.Duties, _duties.Count - mark.Duties);
    }

    public void Clear()
    {
        _policies.Clear();
        if (_duties.Count > 0) _duties.Clear();
    }

    /// <summary>The policies, inner before outer.</summary>
    public IReadOnlyList<PolicyIdentifier> Policies()
    {
        if (_policies.Count == 0) return [];
        var result = new PolicyIdentifier[_policies.Count];
        for (var i = 0; i < result.Length; i++) result[i] = _policies[i].Item;
        return result;
    }

    /// <summary>The obligations or the advice, in the order of evaluation.</summary>
    public IReadOnlyList<T> Duties<T>()
        where T : class
    {
        if (_duties.Count == 0) return [];
        var result = new List<T>(_duties.Count);
        foreach (var (_, item) in _duties)
        {
            if (item is T one) result.Add(one);
        }

        return result;
    }

    private static void Keep<T>(List<(ExtendedDecision Decision, T Item)> entries, int mark, ExtendedDecision decision)
    {
        var kept = mark;
        for (var i = mark; i < entries.Count; i++)
        {
            if (entries[i].Decision != decision) continue;
            if (kept != i) entries[kept] = entries[i];
            kept++;
        }

        if (kept < entries.Count) entries.RemoveRange(kept, entries.Count - kept);
    }

    /// <summary>A place in the lists.</summary>
    internal readonly record struct Mark(int Policies, int Duties);
}
