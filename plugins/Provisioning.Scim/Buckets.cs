using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Elements by a key. Elements whose key is null are left out.</summary>
internal sealed class Buckets(Func<JsonNode, string?> key, StringComparer comparer)
{
    private readonly Dictionary<string, HashSet<JsonNode>> _elements = new(comparer);

    /// <summary>The elements with a key.</summary>
    [SuppressMessage("Design", "CA1043", Justification = "the key of a bucket is a text")]
    public IReadOnlyCollection<JsonNode> this[string wanted] => _elements.TryGetValue(wanted, out var found) ? found : [];

    public void Add(JsonNode element)
    {
        if (key(element) is not { } text)
            return;
        if (!_elements.TryGetValue(text, out var bucket))
            _elements[text] = bucket = new HashSet<JsonNode>(1, ReferenceEqualityComparer.Instance);
        bucket.Add(element);
    }

    /// <summary>Takes an element out; its key must be the one with which it was added.</summary>
    public void Remove(JsonNode element)
    {
        if (key(element) is { } text && _elements.TryGetValue(text, out var bucket) && bucket.Remove(element) && bucket.Count == 0)
            _elements.Remove(text);
    }
}
