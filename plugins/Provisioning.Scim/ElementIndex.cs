using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>
/// Finds the elements of one multi-valued attribute by hash while a patch is applied, so that the work grows with what the patch says and
/// not with the product of operations and elements. Each look-up is prepared when it is needed first.
/// </summary>
internal sealed class ElementIndex(JsonArray array, string attribute, PatchWork work)
{
    // The key of all values that are no text. A filter can take one for equal to a text that differs, so each of them stays a candidate.
    private const string NoText = "o";

    private readonly Dictionary<string, Buckets> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<JsonNode> _removed = new(ReferenceEqualityComparer.Instance);
    private Buckets? _identities;
    private Buckets? _values;
    private HashSet<JsonNode>? _primaries;

    public int Count => array.Count - _removed.Count;

    /// <summary>An element that is the same as another one, or null.</summary>
    public JsonNode? Twin(JsonNode element) =>
        (_identities ??= Fill(Keyed(one => ElementKey.OfIdentity(attribute, one), StringComparer.Ordinal)))[ElementKey.OfIdentity(attribute, element)].FirstOrDefault();

    /// <summary>The elements with exactly this value, whatever else they have.</summary>
    public IReadOnlyList<JsonNode> WithValue(JsonNode value) =>
        [.. (_values ??= Fill(Keyed(ElementKey.OfValue, StringComparer.Ordinal)))[ElementKey.Of(value)]];

    /// <summary>The elements that satisfy a filter.</summary>
    public IReadOnlyList<JsonNode> Matching(FilterNode filter)
    {
        var candidates = Candidates(filter);
        if (candidates is null)
        {
            Settle();
            candidates = array.OfType<JsonNode>();
        }

        var found = new List<JsonNode>();
        foreach (var candidate in candidates)
        {
            if (work.Matches(filter, candidate))
                found.Add(candidate);
        }

        return found;
    }

    public void Add(JsonNode element)
    {
        array.Add(element);
        Note(element);
    }

    /// <summary>The element leaves the array when the patch is through, or when the array is read before.</summary>
    public void Remove(JsonNode element)
    {
        Forget(element);
        _removed.Add(element);
        work.Step();
    }

    /// <summary>Changes an element in place.</summary>
    public void Change(JsonNode element, Action change)
    {
        Forget(element);
        change();
        Note(element);
    }

    /// <summary>Puts copies of a value in the place of simple elements, and returns the last copy.</summary>
    public JsonNode Replace(IReadOnlyList<JsonNode> elements, JsonNode value)
    {
        Settle();
        work.Step(array.Count);
        var old = elements.ToHashSet<JsonNode>(ReferenceEqualityComparer.Instance);
        var copy = value;
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is not { } element || !old.Contains(element))
                continue;
            Forget(element);
            array[i] = copy = value.DeepClone();
            Note(copy);
        }

        return copy;
    }

    /// <summary>One element at most is the primary one: the one that was changed last.</summary>
    public void KeepOnePrimary(JsonNode changed)
    {
        if (!PatchRules.IsPrimary(changed))
            return;
        if (_primaries is null)
        {
            work.Step(array.Count);
            _primaries = array.OfType<JsonNode>().Where(PatchRules.IsPrimary).ToHashSet<JsonNode>(ReferenceEqualityComparer.Instance);
        }

        foreach (var other in _primaries)
        {
            if (!ReferenceEquals(other, changed) && !_removed.Contains(other) && PatchRules.IsPrimary(other))
                Change(other, () => ScimAttributes.Set((JsonObject)other, "primary", false));
        }

        _primaries.Clear();
        _primaries.Add(changed);
    }

    /// <summary>Takes out of the array what was removed.</summary>
    public void Settle()
    {
        if (_removed.Count == 0)
            return;
        work.Step(array.Count);
        array.RemoveAll(element => element is not null && _removed.Contains(element));
        _removed.Clear();
    }

    // Those whose text is the one that the filter demands; null if it demands none.
    private IEnumerable<JsonNode>? Candidates(FilterNode filter)
    {
        IReadOnlyCollection<JsonNode>? fewest = null;
        Buckets? from = null;
        foreach (var (name, text) in filter.Demanded())
        {
            if (!_texts.TryGetValue(name, out var buckets))
                _texts[name] = buckets = Fill(Keyed(element => TextKey(element, name), StringComparer.OrdinalIgnoreCase));
            var found = buckets["s" + text];
            if (fewest is null || found.Count < fewest.Count)
                (fewest, from) = (found, buckets);
        }

        return fewest is null ? null : [.. fewest, .. from![NoText]];
    }

    private static string? TextKey(JsonNode element, string name)
    {
        var value = element is JsonObject complex ? ScimAttributes.Find(complex, name) : name.Equals("value", StringComparison.OrdinalIgnoreCase) ? element : null;
        if (value is null)
            return null;
        return ScimAttributes.Text(value) is { } text ? "s" + text : NoText;
    }

    private Buckets Keyed(Func<JsonNode, string?> key, StringComparer comparer)
    {
        string? Counted(JsonNode element)
        {
            if (element is JsonObject complex)
                work.Search(complex);
            var text = key(element);
            work.Key(text);
            return text;
        }

        return new Buckets(Counted, comparer);
    }

    private Buckets Fill(Buckets buckets)
    {
        work.Step(array.Count);
        foreach (var element in array)
        {
            if (element is not null && !_removed.Contains(element))
                buckets.Add(element);
        }

        return buckets;
    }

    private void Note(JsonNode element)
    {
        _identities?.Add(element);
        _values?.Add(element);
        foreach (var buckets in _texts.Values)
            buckets.Add(element);
        work.Step(1 + _texts.Count);
    }

    private void Forget(JsonNode element)
    {
        _identities?.Remove(element);
        _values?.Remove(element);
        foreach (var buckets in _texts.Values)
            buckets.Remove(element);
    }
}
