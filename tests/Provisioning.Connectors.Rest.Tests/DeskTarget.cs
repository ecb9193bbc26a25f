using System.Net;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Rest.Tests;

/// <summary>A desk whose answers a test can replace.</summary>
internal sealed class DeskTarget : IHttpTarget, IAsyncDisposable
{
    public PeopleDesk Desk { get; } = new();

    public void Answer(RawAnswer answer, bool toReads) =>
        Desk.Instead = request => request.Path != "/oauth/token" && (toReads || request.Method != "GET") ? answer : null;

    public IConnector Open(IPEndPoint by) => DeskSettings.Open(DeskSettings.For($"http://{by}"));

    public RestConnector Open(Action<RestSettings>? change = null)
    {
        var settings = DeskSettings.For(Desk.Url);
        // An API that may answer with content where none is needed.
        settings.Users.Enable!.Success = settings.Users.Disable!.Success = [200, 204, 409];
        change?.Invoke(settings);
        return DeskSettings.Open(settings);
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
