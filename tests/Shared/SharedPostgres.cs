using Provisioning.Testing;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Provisioning.Testing;

/// <summary>Stops the server that the tests shared while the test run still has time for it; an exiting process has not.</summary>
public sealed class SharedPostgres : IDisposable
{
    public void Dispose() => LocalPostgres.StopShared();
}
