using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Entra.Tests;

/// <summary>A tenant of its own, and connectors to it. Time stands still unless told otherwise.</summary>
internal sealed class EntraTarget(bool realTime = false) : IHttpTarget, IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeEntra Entra => field ??= new FakeEntra(Clock);

    public List<string> Log { get; } = [];

    public OperationContext Context => new("op", 1, DateTimeOffset.MaxValue, Log.Add);

    private TimeProvider Clock => realTime ? TimeProvider.System : Time;

    public EntraSettings Settings() => new()
    {
        TenantId = FakeEntra.Tenant,
        ClientId = FakeEntra.ClientId,
        ClientSecret = new Secret(FakeEntra.ClientSecret),
        GraphUrl = Entra.Url,
        LoginUrl = Entra.Url,
    };

    /// <param name="change">Changes the settings.</param>
    /// <param name="by">A proxy before Graph. Objects and scopes are still named by the tenant's own address.</param>
    public EntraConnector Connect(Action<EntraSettings>? change = null, IPEndPoint? by = null)
    {
        var settings = Settings();
        if (by is not null)
            settings.Connection.Proxy = $"http://{by}";
        change?.Invoke(settings);
        var context = new ConnectorContext("entra", AppContext.BaseDirectory, Clock);
        return (EntraConnector)((IConnectorFactory)new EntraConnectorFactory()).Create(settings, context);
    }

    public static NewAccount Ada(string more = "{}", string name = "ada@corp.example", string marker = "marker-1")
    {
        var attributes = new JsonObject { ["userPrincipalName"] = name, ["displayName"] = "Ada Byron" };
        foreach (var (property, value) in JsonNode.Parse(more)!.AsObject())
            attributes[property] = value?.DeepClone();
        return new NewAccount(marker, attributes);
    }

    public void Answer(RawAnswer answer, bool toReads) =>
        Entra.Instead = request => !request.Path.EndsWith("/token", StringComparison.Ordinal) && (toReads || request.Method != "GET") ? answer : null;

    public IConnector Open(IPEndPoint by) => Connect(by: by);

    public ValueTask DisposeAsync() => Entra.DisposeAsync();
}
