using Jint;

namespace Provisioning.Core.Mapping;

/// <summary>The names that the language itself has.</summary>
internal sealed record LanguageNames(IReadOnlySet<string> Globals, IReadOnlySet<string> OfTexts, IReadOnlySet<string> OfLists, IReadOnlySet<string> Members)
{
    private const string OwnAndInherited =
        "const all = x => x == null ? [] : [...Object.getOwnPropertyNames(x), ...all(Object.getPrototypeOf(x))]; const names = (...x) => x.flatMap(all).join(' ');";

    private static readonly Lazy<LanguageNames> Read = new(() =>
    {
        using var engine = new Engine();
        engine.Execute(OwnAndInherited);
        HashSet<string> Names(string expression) => [.. engine.Evaluate(expression).AsString().Split(' ')];
        return new LanguageNames(
            Names("Object.getOwnPropertyNames(globalThis).join(' ')"),
            Names("names('')"),
            Names("names([])"),
            Names("names('', [], 0, true, () => 0, /x/, new Date(), new Map(), new Set(), [].values(), Math, JSON, Object, Array, Number, String, Date, Symbol, BigInt, Intl, new Intl.DateTimeFormat(), new Intl.NumberFormat(), new Intl.Collator())"));
    });

    public static LanguageNames All => Read.Value;
}
