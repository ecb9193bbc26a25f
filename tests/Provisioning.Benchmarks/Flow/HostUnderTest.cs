using System.Net.Http.Headers;

namespace Provisioning.Benchmarks.Flow;

/// <summary>The host with one portal and one SCIM target, on a data folder of its own; rules on, commits durable.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private const string Policy = """
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="everybody" Version="1.0"
                RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-unless-permit">
          <Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
            <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">target</AttributeValue>
            <AttributeDesignator Category="urn:provisioning:identity-provider" AttributeId="urn:provisioning:identity-provider:name"
              DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/>
          </Match></AllOf></AnyOf></Target>
          <Rule RuleId="permit" Effect="Permit"/>
        </Policy>
        """;

    private readonly string _folder;
    private readonly string _url;

    private HostUnderTest(string folder, string url, ChildProcess process) => (_folder, _url, Process) = (folder, url, process);

    public ChildProcess Process { get; }

    /// <param name="targetUrl">Null to provision nowhere.</param>
    public static async Task<HostUnderTest> StartAsync(string? targetUrl, int concurrency)
    {
        var folder = Directory.CreateTempSubdirectory("provisioning-bench-").FullName;
        Write(folder, "policies/everybody.xml", Policy);
        Write(folder, "config/service-providers/portal.json", $$"""
            { "name": "portal", "credentials": [ { "bearerToken": "generated:portal" } ],
              "outboundProvisioning": [ {{(targetUrl is null ? "" : """{ "identityProvider": "target", "rules": true }""")}} ] }
            """);
        if (targetUrl is not null)
            Write(folder, "config/identity-providers/target.json", $$"""
            { "name": "target", "connector": "scim2", "limits": { "concurrency": {{concurrency}} },
              "settings": { "baseUrl": "{{targetUrl}}/scim/v2", "authentication": { "bearerToken": "generated:target" } } }
            """);
        var url = $"http://127.0.0.1:{ChildProcess.FreePort()}";
        var arguments = $"run --config {folder}/config --policies {folder}/policies --data {folder}/data --urls {url}";
        return new HostUnderTest(folder, url, await ChildProcess.StartAsync(Places.Host, arguments, $"{url}/health/ready"));
    }

    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = new Uri(_url) };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(_folder, "data", "secrets", "portal")));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
