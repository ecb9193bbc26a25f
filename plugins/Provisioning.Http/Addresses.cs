using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Addresses as settings have them.</summary>
public static class Addresses
{
    private const int LongestId = 1024;

    /// <summary>Reads an absolute http or https address.</summary>
    /// <param name="text">The setting's value.</param>
    /// <param name="setting">The setting's name, for the message.</param>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Misconfigured"/> for anything else.</exception>
    public static Uri Parse(string? text, string setting) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ConnectorException(FailureKind.Misconfigured, $"{setting} is not an absolute http or https address");

    /// <summary>Reads an address that others are relative to: it ends with a slash.</summary>
    /// <inheritdoc cref="Parse" />
    public static Uri ParseBase(string? text, string setting) => Parse(text?.TrimEnd('/') + "/", setting);

    /// <summary>Resolves a path, or a link of an answer, against the address of the target.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> when it leads to another server: the credentials must not go there.</exception>
    public static Uri Within(Uri target, string path)
    {
        if (!Uri.TryCreate(target, path, out var address))
            throw new ConnectorException(FailureKind.Rejected, "the target names an address that cannot be read");
        // The resolved address counts, not the text: a path such as "//host" or "\\host" names a host too.
        return Uri.Compare(address, target, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? address
            : throw new ConnectorException(FailureKind.Rejected, $"the address leads to '{address.Host}', which is another server than the target's");
    }

    /// <summary>An id that a target gave, or null when it cannot be kept: it is missing, longer than any real one, or a way to another address.</summary>
    public static string? Id(string? text) => text is { Length: > 0 and <= LongestId } and not ("." or "..") ? text : null;

    /// <summary>Makes an id one segment of an address.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> for what would be resolved to another address.</exception>
    public static string Segment(string id)
    {
        if (string.IsNullOrEmpty(id) || id is "." or "..")
            throw new ConnectorException(FailureKind.Rejected, "the account id cannot be part of an address");
        return Uri.EscapeDataString(id);
    }
}
