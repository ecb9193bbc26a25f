using Provisioning.FakeServers;

namespace Provisioning.Http.Tests;

/// <summary>A server whose answers a test writes.</summary>
internal sealed class ScriptedServer(Func<Received, Answer> answer) : FakeServer
{
    protected override Answer Answer(Received request) => answer(request);
}
