using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Http;

/// <summary>Signs JSON web tokens with RS256 (RFC 7515, RFC 7518 section 3.3).</summary>
public static class JwtAssertion
{
    /// <summary>Signs the claims.</summary>
    /// <param name="key">The private key.</param>
    /// <param name="claims">The claims as they are sent.</param>
    /// <param name="header">Header parameters beside <c>alg</c> and <c>typ</c>, a key id for example.</param>
    public static string Sign(RSA key, JsonObject claims, JsonObject? header = null)
    {
        var parameters = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" };
        foreach (var (name, value) in header ?? [])
            parameters[name] = value?.DeepClone();
        var content = Content(parameters, claims);
        return Append(content, key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>What is signed, for keys that somebody else holds.</summary>
    public static string Content(JsonObject header, JsonObject claims) => $"{Encode(header)}.{Encode(claims)}";

    /// <summary>The whole token.</summary>
    public static string Append(string content, ReadOnlySpan<byte> signature) => $"{content}.{Base64Url.EncodeToString(signature)}";

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
