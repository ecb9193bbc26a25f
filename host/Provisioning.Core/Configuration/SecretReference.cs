namespace Provisioning.Core.Configuration;

/// <summary>How a secret is named in files and options. The one list of what there is.</summary>
public static class SecretReference
{
    public const string Environment = "env";
    public const string File = "file";
    public const string Credential = "credential";
    public const string Generated = "generated";

    /// <summary>What every reference looks like, for schemas.</summary>
    public const string Pattern = $"^({Environment}|{File}|{Credential}|{Generated}):.+$";

    /// <summary>For messages and descriptions.</summary>
    public const string Forms = "env:NAME, file:PATH, credential:NAME or generated:NAME";

    private static readonly string[] Schemes = [Environment, File, Credential, Generated];

    /// <summary>Takes a reference apart; false if the text is none.</summary>
    public static bool TryParse(string text, out string scheme, out string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        (scheme, name) = colon < 0 ? ("", text) : (text[..colon], text[(colon + 1)..]);
        return name.Length > 0 && Schemes.Contains(scheme, StringComparer.Ordinal);
    }
}
