using System.Net;
using System.Xml.Linq;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>A provider whose answers a test can replace.</summary>
internal sealed class SpmlTestTarget(FakeSpmlServer server) : IHttpTarget, IAsyncDisposable
{
    private static readonly string[] s_reads = ["listTargetsRequest", "searchRequest", "iterateRequest", "closeIteratorRequest", "activeRequest", "lookupRequest"];

    public FakeSpmlServer Server => server;

    public void Answer(RawAnswer answer, bool toReads) => Answer(_ => answer, toReads);

    /// <summary>Answers by the request.</summary>
    public void Answer(Func<XElement, RawAnswer> answer, bool toReads) =>
        server.Instead = request => toReads || !s_reads.Contains(request.Name.LocalName) ? answer(request) : null;

    public IConnector Open(IPEndPoint by) => server.Connect(settings => settings.Url = $"http://{by}/spml");

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
