using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>An organisation of its own, and connectors to it. Time stands still unless told otherwise.</summary>
internal sealed class SalesforceTarget(bool realTime = false) : IHttpTarget, IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeSalesforce Salesforce => field ??= new FakeSalesforce(Clock);

    public List<string> Log { get; } = [];

    public OperationContext Context => new("op", 1, DateTimeOffset.MaxValue, Log.Add);

    private TimeProvider Clock => realTime ? TimeProvider.System : Time;

    public SalesforceSettings Settings(IPEndPoint? by = null) => new()
    {
        LoginUrl = Salesforce.Url,
        ClientId = FakeSalesforce.ClientId,
        UserName = FakeSalesforce.Integration,
        PrivateKey = new Secret(FakeSalesforce.PrivateKey),
        InstanceUrl = by is null ? null : $"http://{by}",
    };

    public SalesforceConnector Connect(Action<SalesforceSettings>? change = null, IPEndPoint? by = null)
    {
        var settings = Settings(by);
        change?.Invoke(settings);
        var context = new ConnectorContext("salesforce", AppContext.BaseDirectory, Clock);
        return (SalesforceConnector)((IConnectorFactory)new SalesforceConnectorFactory()).Create(settings, context);
    }

    public static NewAccount Ada(string more = "{}", string name = "ada@corp.example", string marker = "marker-1")
    {
        var attributes = JsonNode.Parse("""
            {"LastName":"Byron","Email":"ada@corp.example","Alias":"ada","Profile":"Standard User","TimeZoneSidKey":"Europe/Vienna",
            "LocaleSidKey":"de_AT","LanguageLocaleKey":"de","EmailEncodingKey":"UTF-8"}
            """)!.AsObject();
        attributes["Username"] = name;
        foreach (var (field, value) in JsonNode.Parse(more)!.AsObject())
            attributes[field] = value?.DeepClone();
        return new NewAccount(marker, attributes);
    }

    public void Answer(RawAnswer answer, bool toReads) =>
        Salesforce.Instead = request => !request.Path.EndsWith("/token", StringComparison.Ordinal) && (toReads || request.Method != "GET") ? answer : null;

    public IConnector Open(IPEndPoint by) => Connect(by: by);

    public ValueTask DisposeAsync() => Salesforce.DisposeAsync();
}
