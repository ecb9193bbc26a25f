namespace Provisioning.Xacml;

/// <summary>What the schema does not allow in one document, by line.</summary>
internal sealed class SchemaFaults
{
    // A document that is no policy at all need not be told off for each of its elements.
    private const int Most = 100;
    private readonly List<(int Line, string Message)> _all = [];

    public IReadOnlyList<(int Line, string Message)> All => _all;

    public void Add(int line, string message)
    {
        if (_all.Count < Most) _all.Add((line, message));
        else if (_all.Count == Most) _all.Add((line, "there are more problems than are listed here"));
    }
}
