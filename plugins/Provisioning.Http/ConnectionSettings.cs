using System.ComponentModel;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>How the connection is made. Nothing here is needed for a target on the open internet.</summary>
public sealed class ConnectionSettings
{
    /// <summary>The address of an HTTP proxy; without it the proxy of the environment is used.</summary>
    [Description("The address of an HTTP proxy; without it the proxy of the environment is used.")]
    public string? Proxy { get; set; }

    /// <summary>The user name for the proxy.</summary>
    [Description("The user name for the proxy.")]
    public string? ProxyUserName { get; set; }

    /// <summary>The password for the proxy.</summary>
    [Description("The password for the proxy.")]
    public Secret? ProxyPassword { get; set; }

    /// <summary>A PEM file with the certificate authorities to trust instead of the system's.</summary>
    [Description("A PEM file with the certificate authorities to trust instead of the system's.")]
    public string? CertificateAuthorities { get; set; }

    /// <summary>The certificate for mutual TLS: a PEM file, or a PKCS#12 file that ends in .pfx or .p12.</summary>
    [Description("The certificate for mutual TLS: a PEM file, or a PKCS#12 file that ends in .pfx or .p12.")]
    public string? ClientCertificate { get; set; }

    /// <summary>The private key of the client certificate in PEM, when its file does not have it.</summary>
    [Description("The private key of the client certificate in PEM, when its file does not have it.")]
    public Secret? ClientKey { get; set; }

    /// <summary>The password of the client certificate's file or key.</summary>
    [Description("The password of the client certificate's file or key.")]
    public Secret? ClientCertificatePassword { get; set; }
}
