using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>A customer of its own, and connectors to it.</summary>
internal sealed class GoogleTarget : IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeGoogle Google { get; }

    public List<string> Log { get; } = [];

    public OperationContext Context => new("op", 1, DateTimeOffset.MaxValue, Log.Add);

    public GoogleTarget() => Google = new FakeGoogle(Time);

    public GoogleConnector Connect(Action<GoogleSettings>? change = null, IPEndPoint? by = null)
    {
        var settings = new GoogleSettings
        {
            AdminEmail = FakeGoogle.Admin,
            ServiceAccountKey = new Secret(Google.ServiceAccountKey),
            BaseUrl = by is null ? Google.Url : $"http://{by}",
            GroupDomain = FakeGoogle.Domain,
        };
        change?.Invoke(settings);
        var context = new ConnectorContext("google", AppContext.BaseDirectory, Time);
        return (GoogleConnector)((IConnectorFactory)new GoogleConnectorFactory()).Create(settings, context);
    }

    public ValueTask DisposeAsync() => Google.DisposeAsync();
}
