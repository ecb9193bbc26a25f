using System.Net;
using Provisioning.Connectors;
using Provisioning.FakeServers;

namespace Provisioning.Testing;

/// <summary>A target over HTTP whose answers a test can replace.</summary>
internal interface IHttpTarget
{
    /// <summary>Answers so from now on.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="toReads">Whether requests that only read are answered so too. What leads to a token is left alone.</param>
    void Answer(RawAnswer answer, bool toReads);

    /// <summary>A connector that goes through another address.</summary>
    IConnector Open(IPEndPoint by);
}
