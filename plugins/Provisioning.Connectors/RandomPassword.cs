using System.Security.Cryptography;

namespace Provisioning.Connectors;

/// <summary>Makes passwords that nobody knows, for targets that create no account without one. Contract 1.3.</summary>
public static class RandomPassword
{
    /// <summary>How long a password is unless the target wants another length.</summary>
    public const int UsualLength = 40;

    // Letters and digits that are easily confused are left out, as are signs that a query language or a shell would read.
    private static readonly string[] s_classes = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-_.!"];

    /// <summary>A password with at least one small letter, one capital, one digit and one sign, from a cryptographic source.</summary>
    /// <param name="length">How many characters; at least 8.</param>
    public static Secret Make(int length = UsualLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 8);
        var letters = new char[length];
        RandomNumberGenerator.GetItems(string.Concat(s_classes), letters);
        for (var i = 0; i < s_classes.Length; i++)
            letters[i] = RandomNumberGenerator.GetItems<char>(s_classes[i], 1)[0];
        RandomNumberGenerator.Shuffle(letters.AsSpan());
        return new Secret(new string(letters));
    }
}
