using System.Security.Cryptography;

namespace Provisioning.Plugins;

/// <summary>
/// A detached signature over the bytes of <c>plugin.json</c>: ECDSA with SHA-256, DER in base 64, so that other tools can
/// make and check it. The manifest holds the hash of every other file, so it covers the whole folder.
/// </summary>
public static class PluginSignature
{
    public const string FileName = "plugin.sig";

    /// <summary>Signs; the key is a private key in PEM.</summary>
    /// <exception cref="FormatException">The key is no private elliptic-curve key in PEM without a password.</exception>
    public static string Sign(byte[] manifest, string privateKeyPem)
    {
        using var key = Import(privateKeyPem, "a private elliptic-curve key in PEM without a password");
        try
        {
            return Convert.ToBase64String(key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
        catch (CryptographicException)
        {
            throw new FormatException("the key is a public key; signing needs the private one");
        }
    }

    /// <summary>Whether the signature is that key's over these bytes.</summary>
    public static bool Verify(byte[] manifest, string signature, string publicKeyPem)
    {
        using var key = Import(publicKeyPem, "an elliptic-curve key in PEM");
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature.Trim(), bytes, out var length)
            && key.VerifyData(manifest, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Throws a <see cref="FormatException"/> if the text is no public elliptic-curve key in PEM.</summary>
    public static void CheckPublicKey(string publicKeyPem) => Import(publicKeyPem, "a public elliptic-curve key in PEM").Dispose();

    private static ECDsa Import(string pem, string expected)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException($"the key is not {expected}");
        }
    }
}
