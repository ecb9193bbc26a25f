using System.Globalization;
using System.Security.Cryptography;

namespace Provisioning.Connectors.Sql;

/// <summary>PBKDF2 with SHA-256 in the notation of Django, which many applications and libraries read.</summary>
internal static class PasswordHash
{
    // What OWASP asks for with SHA-256.
    private const int Iterations = 600_000;
    private const string SaltLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static string Make(Secret password)
    {
        var salt = RandomNumberGenerator.GetString(SaltLetters, 22);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password.Reveal(), System.Text.Encoding.UTF8.GetBytes(salt), Iterations, HashAlgorithmName.SHA256, 32);
        return string.Create(CultureInfo.InvariantCulture, $"pbkdf2_sha256${Iterations}${salt}${Convert.ToBase64String(hash)}");
    }
}
