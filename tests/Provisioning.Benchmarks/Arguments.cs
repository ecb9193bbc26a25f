using System.Globalization;

namespace Provisioning.Benchmarks;

/// <summary><c>--name value</c> pairs and <c>--flags</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    public static Arguments Parse(string[] args)
    {
        var result = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            var hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            result._values[args[i]] = hasValue ? args[++i] : null;
        }

        return result;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public int Number(string name, int standard) =>
        _values.GetValueOrDefault(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;

    public IReadOnlyList<int> Numbers(string name, params int[] standard) => _values.GetValueOrDefault(name) is { } text
        ? [.. text.Split(',').Select(x => int.Parse(x, CultureInfo.InvariantCulture))]
        : standard;
}
