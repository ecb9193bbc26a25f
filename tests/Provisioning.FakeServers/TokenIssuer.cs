using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.FakeServers;

/// <summary>Issues bearer tokens that end, and checks signed assertions.</summary>
public sealed class TokenIssuer(TimeProvider time)
{
    private readonly Dictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(3599);

    /// <summary>How many tokens were issued.</summary>
    public int Issued { get; private set; }

    public string Issue()
    {
        var token = $"token-{++Issued}-{Guid.NewGuid():N}";
        _tokens[token] = time.GetUtcNow() + Lifetime;
        return token;
    }

    public bool IsValid(string? token) => token is not null && _tokens.TryGetValue(token, out var until) && time.GetUtcNow() < until;

    /// <summary>Makes every token unusable at once, as an administrator can.</summary>
    public void RevokeAll() => _tokens.Clear();

    /// <summary>The claims of an assertion that the key signed and that is neither expired nor of the future; else null.</summary>
    public JsonObject? Verify(string? assertion, RSA key, TimeSpan longest)
    {
        if (assertion?.Split('.') is not [var header, var claims, var signature])
            return null;
        var content = Encoding.ASCII.GetBytes($"{header}.{claims}");
        if (!key.VerifyData(content, Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            return null;
        if (Decode(header)["alg"]?.ToString() != "RS256")
            return null;
        var decoded = Decode(claims);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var expiry = decoded["exp"]?.GetValue<long>() ?? 0;
        return expiry > now && expiry - now <= longest.TotalSeconds ? decoded : null;
    }

    private static JsonObject Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
}
