using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>What a bearer token of a service provider must be. Problems name the service providers, never a token.</summary>
internal static class TokenRules
{
    /// <summary>
    /// Sixteen characters that a generator chose (letters, digits, two marks) are 96 bits, beyond all guessing over a network. A shorter token is
    /// nearly always one that a person thought of.
    /// </summary>
    public const int LeastLength = 16;

    /// <param name="file">Where the reference to the token is.</param>
    /// <param name="path">The place in the file.</param>
    /// <returns>False if it is too short.</returns>
    public static bool CheckLength(string file, string path, string token, List<ConfigurationProblem> problems)
    {
        if (token.Length >= LeastLength)
            return true;
        problems.Add(new ConfigurationProblem(
            file, path, $"the token has fewer than {LeastLength} characters and could be guessed; make a new one, for example with: openssl rand -base64 32"));
        return false;
    }

    /// <summary>A token stands for one service provider: with the token of two, a caller would be the one or the other by chance.</summary>
    /// <param name="files">The service providers that have a file.</param>
    /// <param name="hashes">Of the tokens, by service provider.</param>
    public static void CheckUnique(
        IReadOnlyList<(string File, ServiceProvider Value)> files, IReadOnlyDictionary<string, IReadOnlyList<string>> hashes, List<ConfigurationProblem> problems)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, tokens) in hashes.OrderBy(x => x.Key != ConfigurationLoader.Resident).ThenBy(x => x.Key, StringComparer.Ordinal))
        {
            foreach (var token in tokens.Distinct(StringComparer.Ordinal))
            {
                if (!owners.TryAdd(token, name))
                    problems.Add(new ConfigurationProblem(
                        files.FirstOrDefault(x => x.Value.Name == name).File ?? name, "credentials", $"'{name}' and '{owners[token]}' have the same token; each service provider needs its own"));
            }
        }
    }

    /// <summary>
    /// Where two have the same token since one was replaced, whoever has another one than before keeps that. What one of them keeps may be what a third
    /// one has taken over.
    /// </summary>
    /// <param name="hashes">Of the tokens as they are now, by service provider.</param>
    /// <param name="before">Which were each service provider's own.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> KeepUnique(
        IReadOnlyDictionary<string, IReadOnlyList<string>> hashes, IReadOnlyDictionary<string, IReadOnlyList<string>> before)
    {
        var kept = hashes;
        while (Shared(kept) is { Count: > 0 } shared && kept.Any(x => Keep(x, shared) != x.Value))
            kept = kept.ToDictionary(x => x.Key, x => Keep(x, shared), StringComparer.Ordinal);
        return kept;

        IReadOnlyList<string> Keep(KeyValuePair<string, IReadOnlyList<string>> tokens, HashSet<string> shared) =>
            before.GetValueOrDefault(tokens.Key) is { } own && tokens.Value.Except(own).Any(shared.Contains) ? own : tokens.Value;
    }

    private static HashSet<string> Shared(IReadOnlyDictionary<string, IReadOnlyList<string>> hashes) => hashes
        .SelectMany(x => x.Value.Distinct(StringComparer.Ordinal)).GroupBy(x => x, StringComparer.Ordinal)
        .Where(x => x.Count() > 1).Select(x => x.Key).ToHashSet(StringComparer.Ordinal);
}
