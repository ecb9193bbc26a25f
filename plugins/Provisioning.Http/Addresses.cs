using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Addresses as settings have them.</summary>
public static class Addresses
{
    /// <summary>Reads an absolute http or https address.</summary>
    /// <param name="text">The setting's value.</param>
    /// <param name="setting">The setting's name, for the message.</param>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> for anything else.</exception>
    public static Uri Parse(string? text, string setting) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ConnectorException(FailureKind.Rejected, $"{setting} is not an absolute http or https address");

    /// <summary>Reads an address that others are relative to: it ends with a slash.</summary>
    /// <inheritdoc cref="Parse" />
    public static Uri ParseBase(string? text, string setting) => Parse(text?.TrimEnd('/') + "/", setting);

    /// <summary>Makes an id one segment of an address.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> for what would be resolved to another address.</exception>
    public static string Segment(string id)
    {
        if (string.IsNullOrEmpty(id) || id is "." or "..")
            throw new ConnectorException(FailureKind.Rejected, "the account id cannot be part of an address");
        return Uri.EscapeDataString(id);
    }
}
