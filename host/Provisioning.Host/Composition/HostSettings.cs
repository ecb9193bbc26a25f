namespace Provisioning.Host.Composition;

/// <summary>The places the host works with. Each has a default beside the executable, and an option.</summary>
/// <param name="Database">A PostgreSQL connection string or a reference to one (<c>env:</c>, <c>file:</c>); null for SQLite in the data folder.</param>
internal sealed record HostSettings(string Config, string Policies, string Plugins, string Data, string Urls, string? Database = null)
{
    /// <summary>Where clients find the host, when that is not where it listens (behind a proxy): the address in every location; null to take what the client named.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The certificate for https: a PEM or PKCS#12 file, or <c>store:SUBJECT</c>; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file with the key, if it is not in the file of the certificate.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>A reference to the password of the key or of the PKCS#12 file (<c>env:</c>, <c>file:</c>, <c>credential:</c>).</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>Addresses and networks of the proxies whose word counts for where a request comes from, separated by commas.</summary>
    public string? Proxies { get; init; }

    /// <summary>The host names that clients may use, separated by commas; null for any.</summary>
    public string? AllowedHosts { get; init; }

    public const string DefaultUrls = "http://127.0.0.1:8080";

    public static string DefaultConfig => Path.Combine(AppContext.BaseDirectory, "config");

    public static string DefaultPolicies => Path.Combine(AppContext.BaseDirectory, "policies");

    public static string DefaultPlugins => Path.Combine(AppContext.BaseDirectory, "plugins");

    public static string DefaultData => Path.Combine(Directory.GetCurrentDirectory(), "data");
}
