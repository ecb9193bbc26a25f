namespace Provisioning.Host.Composition;

/// <summary>The places the host works with. Each has a default beside the executable, and an option.</summary>
/// <param name="Database">A PostgreSQL connection string or a reference to one (<c>env:</c>, <c>file:</c>); null for SQLite in the data folder.</param>
internal sealed record HostSettings(string Config, string Policies, string Plugins, string Data, string Urls, string? Database = null)
{
    /// <summary>Where clients find the host, when that is not where it listens (behind a proxy): the address in every location; null to take what the client named.</summary>
    public string? PublicUrl { get; init; }

    public const string DefaultUrls = "http://127.0.0.1:8080";

    public const string DatabaseVariable = "PROVISIONING_DATABASE";

    public static string DefaultConfig => Path.Combine(AppContext.BaseDirectory, "config");

    public static string DefaultPolicies => Path.Combine(AppContext.BaseDirectory, "policies");

    public static string DefaultPlugins => Path.Combine(AppContext.BaseDirectory, "plugins");

    public static string DefaultData => Path.Combine(Directory.GetCurrentDirectory(), "data");
}
