namespace Provisioning.Http;

/// <summary>Keeps one access token for all calls and fetches the next shortly before it expires.</summary>
public sealed class TokenCache(IAccessTokenSource source, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Entry? _entry;

    /// <summary>The token that is kept, or null. For redaction.</summary>
    public AccessToken? Current => _entry?.Token;

    /// <summary>The token; never <paramref name="refused"/>, which the target did not accept.</summary>
    public async Task<AccessToken> GetAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        if (Usable(refused) is { } cached)
            return cached;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Usable(refused) is { } fresh)
                return fresh;
            var token = await source.RequestAsync(cancellationToken);
            _entry = new Entry(token, Expiry(token));
            return token;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private AccessToken? Usable(AccessToken? refused) =>
        _entry is { } entry && entry.Token.Value != refused?.Value && time.GetUtcNow() < entry.Until ? entry.Token : null;

    private DateTimeOffset Expiry(AccessToken token)
    {
        // Without a lifetime the token is good until the target refuses it.
        if (token.Lifetime is not { } lifetime)
            return DateTimeOffset.MaxValue;
        return time.GetUtcNow() + lifetime - (lifetime > s_margin * 2 ? s_margin : lifetime / 2);
    }

    private sealed record Entry(AccessToken Token, DateTimeOffset Until);
}
