using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>
/// What a header can carry: the printable characters of ASCII. .NET finds others only while it sends the request, and that failure looks as if
/// the connection were lost.
/// </summary>
public static class HeaderText
{
    private const string Fault = "characters that no header takes";

    /// <summary>Whether a text can be the name of a header.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));

    /// <summary>Whether a text can be the value of a header.</summary>
    public static bool IsValue(string value) => value.All(letter => letter is >= ' ' and <= '~');

    /// <summary>A value that a call has from the object that it is about.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> when no header takes it.</exception>
    public static string OfCall(string name, string value) =>
        IsValue(value) ? value : throw new ConnectorException(FailureKind.Rejected, $"the header '{name}' would have {Fault}, such as a letter with an accent");

    /// <summary>A value of the settings.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Misconfigured"/> when no header takes it.</exception>
    public static string OfSetting(string setting, string value) =>
        IsValue(value) ? value : throw new ConnectorException(FailureKind.Misconfigured, $"'{setting}' has {Fault}");

    /// <summary>A secret that proves who the host is; the message names only where it comes from.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Misconfigured"/> when it is empty, or no header takes it.</exception>
    public static string OfCredential(string source, string value) => value.Length > 0 && IsValue(value)
        ? value
        : throw new ConnectorException(FailureKind.Misconfigured, $"{source} is empty or has {Fault}, such as a line break");
}
