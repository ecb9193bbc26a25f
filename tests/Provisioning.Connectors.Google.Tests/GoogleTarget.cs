using System.Net;
using Microsoft.Extensions.Time.Testing;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>A customer of its own, and connectors to it. Time stands still unless told otherwise.</summary>
internal sealed class GoogleTarget(bool realTime = false) : IHttpTarget, IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeGoogle Google => field ??= new FakeGoogle(Clock);

    public List<string> Log { get; } = [];

    public OperationContext Context => new("op", 1, DateTimeOffset.MaxValue, Log.Add);

    private TimeProvider Clock => realTime ? TimeProvider.System : Time;

    public GoogleSettings Settings(IPEndPoint? by = null) => new()
    {
        AdminEmail = FakeGoogle.Admin,
        ServiceAccountKey = new Secret(Google.ServiceAccountKey),
        BaseUrl = by is null ? Google.Url : $"http://{by}",
        GroupDomain = FakeGoogle.Domain,
    };

    public GoogleConnector Connect(Action<GoogleSettings>? change = null, IPEndPoint? by = null)
    {
        var settings = Settings(by);
        change?.Invoke(settings);
        var context = new ConnectorContext("google", AppContext.BaseDirectory, Clock);
        return (GoogleConnector)((IConnectorFactory)new GoogleConnectorFactory()).Create(settings, context);
    }

    public void Answer(RawAnswer answer, bool toReads) =>
        Google.Instead = request => request.Path != "/token" && (toReads || request.Method != "GET") ? answer : null;

    public IConnector Open(IPEndPoint by) => Connect(by: by);

    public ValueTask DisposeAsync() => Google.DisposeAsync();
}
