using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>A configuration folder and a policy folder of a test's own.</summary>
internal sealed class ScratchConfig
{
    public ScratchConfig()
    {
        Root = TestFolder.Create();
        Directory.CreateDirectory(Path.Combine(Root, "service-providers"));
        Directory.CreateDirectory(Path.Combine(Root, "identity-providers"));
        Policies = Directory.CreateDirectory(Path.Combine(Root, "policies")).FullName;
    }

    public string Root { get; }

    public string Policies { get; }

    public string ServiceProvider(string name, string json) => Write(Path.Combine(Root, "service-providers", name + ".json"), json);

    public string IdentityProvider(string name, string json) => Write(Path.Combine(Root, "identity-providers", name + ".json"), json);

    public string Policy(string name, string xml) => Write(Path.Combine(Policies, name + ".xml"), xml);

    /// <summary>An identity provider on the CSV connector, in <c>accounts/NAME.csv</c> of the data folder.</summary>
    public string Csv(string name, string more = "") => IdentityProvider(name, $$"""
        { "name": "{{name}}", "connector": "csv", "settings": { "path": "accounts/{{name}}.csv" }, "mapping": { "userName": "user.userName" }{{more}} }
        """);

    /// <summary>A portal with its own token, bound to identity providers by the given bindings.</summary>
    public string Portal(params string[] bindings) => ServiceProvider("portal", $$"""
        { "name": "portal", "credentials": [ { "bearerToken": "generated:portal" } ], "outboundProvisioning": [ {{string.Join(", ", bindings)}} ] }
        """);

    public static StringContent Scim(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/scim+json");

    public static StringContent User(string name, string? more = null) =>
        new($$"""{ "userName": "{{name}}"{{(more is null ? "" : ", " + more)}} }""", Encoding.UTF8, "application/scim+json");

    // A file appears whole, as an editor that saves well would do it.
    private static string Write(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }
}
