using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Security;

/// <summary>
/// Finds the service provider of a token by the token's hash. A look-up by hash tells a caller nothing by the time it takes, since nobody can choose
/// what the hash of a guess begins with.
/// </summary>
internal sealed class TokenOwners(ConfigurationFolder configuration)
{
    private volatile Index _index = new(null);

    /// <returns>Null if no service provider has the token.</returns>
    public AuthenticatedCaller? Find(string token) =>
        Current() is { Loaded: { } loaded } index && index.ByHash.TryGetValue(HashOf(token), out var name) ? Caller(loaded, name) : null;

    /// <summary>Whether a service provider has the token now, and no other one has it.</summary>
    public AuthenticatedCaller? Find(string serviceProvider, string token) =>
        Find(token) is { } caller && caller.ServiceProvider.Name == serviceProvider ? caller : null;

    /// <summary>The hash, and its owner, that an access token was signed with.</summary>
    /// <param name="id">What <see cref="KeyId"/> says of the hash.</param>
    public (string Hash, AuthenticatedCaller Caller)? FindKey(string id) =>
        Current() is { Loaded: { } loaded } index && index.ByKeyId.TryGetValue(id, out var hash) && Caller(loaded, index.ByHash[hash]) is { } caller ? (hash, caller) : null;

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>A name for a token's hash that tells nothing of it.</summary>
    public static string KeyId(string hash) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("key of " + hash)))[..16];

    private static AuthenticatedCaller? Caller(LoadResult loaded, string name) =>
        loaded.Configuration.FindServiceProvider(name) is { } provider ? new AuthenticatedCaller(provider, loaded.Configuration) : null;

    // Two requests that come first after a change both make the index; either will do.
    private Index Current()
    {
        var (index, loaded) = (_index, configuration.Loaded);
        return ReferenceEquals(index.Loaded, loaded) ? index : _index = new Index(loaded);
    }

    private sealed class Index(LoadResult? loaded)
    {
        public LoadResult? Loaded => loaded;

        public FrozenDictionary<string, string> ByHash { get; } = (loaded?.TokenHashes ?? new Dictionary<string, IReadOnlyList<string>>())
            .SelectMany(x => x.Value.Distinct().Select(hash => (hash, x.Key))).ToFrozenDictionary(x => x.hash, x => x.Key, StringComparer.Ordinal);

        public FrozenDictionary<string, string> ByKeyId { get; } = (loaded?.TokenHashes ?? new Dictionary<string, IReadOnlyList<string>>())
            .SelectMany(x => x.Value.Distinct()).ToFrozenDictionary(KeyId, x => x, StringComparer.Ordinal);
    }
}
