using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Provisioning.Host.Security;

/// <summary>
/// Access tokens that the host gives out for a service provider's own token (OAuth 2.0, client credentials). Each is signed with a key that is derived
/// from the token it was given out for: every host of a cluster can check it, and it ends with the token.
/// </summary>
internal sealed class AccessTokens(TokenOwners owners, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // Hosts of a cluster, whose clocks differ a little, check the tokens of each other.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private const string Issuer = "provisioning";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="serviceProvider">Its name.</param>
    /// <param name="token">One of its own tokens.</param>
    public string Issue(string serviceProvider, string token)
    {
        var (hash, now) = (TokenOwners.HashOf(token), time.GetUtcNow().UtcDateTime);
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = serviceProvider },
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = new SigningCredentials(KeyOf(hash), SecurityAlgorithms.HmacSha256),
        });
    }

    /// <returns>Null if the host did not give it out, if it has expired, or if the token behind it is no longer the service provider's.</returns>
    public async Task<AuthenticatedCaller?> FindAsync(string accessToken)
    {
        if (!_handler.CanReadToken(accessToken) || !TryRead(accessToken, out var read) || owners.FindKey(read.Kid) is not { } key)
            return null;
        var result = await _handler.ValidateTokenAsync(accessToken, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = KeyOf(key.Hash),
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => time.GetUtcNow() is var now && from - Skew <= now.UtcDateTime && now.UtcDateTime < until + Skew,
        });
        return result.IsValid && read.Subject == key.Caller.ServiceProvider.Name ? key.Caller : null;
    }

    private static bool TryRead(string accessToken, out JsonWebToken read)
    {
        try
        {
            read = new JsonWebToken(accessToken);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            read = null!;
            return false;
        }
    }

    private static SymmetricSecurityKey KeyOf(string hash) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(hash), 32, info: "access tokens"u8.ToArray())) { KeyId = TokenOwners.KeyId(hash) };
}
