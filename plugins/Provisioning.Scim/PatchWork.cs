using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>What one patch may cost, and what it knows of the arrays that it changes.</summary>
internal sealed class PatchWork(CancellationToken cancellationToken, long maxSteps = PatchWork.MaxSteps)
{
    /// <summary>So many elements may be looked at, or as many names as take that long: two or three seconds of work. Patches that name what they change stay far below.</summary>
    public const long MaxSteps = 10_000_000;

    private const int StepsBetweenLooks = 4096;

    // Comparing so much takes about as long as finding an element by hash.
    private const int NamesInStep = 8;
    private const int CharactersInStep = 64;

    private readonly Dictionary<JsonArray, ElementIndex> _indexes = new(ReferenceEqualityComparer.Instance);
    private long _nextLook;

    /// <summary>How many elements, or names that take as long, were looked at so far.</summary>
    public long Steps { get; private set; }

    /// <exception cref="ScimException">The patch costs too much.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public void Step(long count = 1)
    {
        Steps += count;
        if (Steps < _nextLook)
            return;
        _nextLook = Steps + StepsBetweenLooks;
        cancellationToken.ThrowIfCancellationRequested();
        if (Steps > maxSteps)
            throw new ScimException(400, "tooMany", "the operations search too many values or names; send fewer in one request, or name the values by \"value eq\"");
    }

    /// <summary>A name is about to be looked for in an object. As names ignore case, that can be a look at all of them.</summary>
    public void Search(JsonObject container) => Step(container.Count / NamesInStep);

    /// <summary>An element was written as a text, by which it is found.</summary>
    public void Key(string? text) => Step((text?.Length ?? 0) / CharactersInStep);

    /// <summary>Whether an element satisfies a filter.</summary>
    public bool Matches(FilterNode filter, JsonNode element)
    {
        Step(filter.Size);
        if (element is JsonObject complex)
            Step((long)filter.Size * (complex.Count / NamesInStep));
        return ElementNode.MatchesElement(filter, element);
    }

    public ElementIndex Index(JsonArray array, string attribute)
    {
        if (!_indexes.TryGetValue(array, out var index))
            _indexes[array] = index = new ElementIndex(array, attribute, this);
        return index;
    }

    /// <summary>The number of elements that are left.</summary>
    public int Count(JsonArray array) => _indexes.TryGetValue(array, out var index) ? index.Count : array.Count;

    /// <summary>The array is about to be read or changed as a whole.</summary>
    public JsonArray Whole(JsonArray array)
    {
        if (_indexes.Remove(array, out var index))
            index.Settle();
        Step(array.Count);
        return array;
    }

    /// <summary>Ends the patch.</summary>
    public void Settle()
    {
        foreach (var index in _indexes.Values)
            index.Settle();
    }
}
