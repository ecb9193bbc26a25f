namespace Provisioning.Core.Mapping;

/// <summary>Attributes that hold a secret are known by their names.</summary>
internal static class SecretNames
{
    private static readonly string[] Words = ["password", "passwd", "pwd", "passphrase", "passcode", "secret", "passwordhash", "token", "credential", "privatekey"];

    // It goes with a password, and targets do not show it either.
    private static readonly string[] AlsoHidden = [.. Words, "hashfunction"];

    /// <summary>The attribute is a secret: its name ends so. Settings of a password, such as passwordPolicy, are none.</summary>
    public static bool IsSecret(string name) => Words.Any(x => name.EndsWith(x, StringComparison.OrdinalIgnoreCase));

    /// <summary>The attribute may say something about a secret: its value is neither compared nor shown.</summary>
    public static bool IsHidden(string name) => AlsoHidden.Any(x => name.Contains(x, StringComparison.OrdinalIgnoreCase));
}
