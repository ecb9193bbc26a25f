using Provisioning.Connectors;
using Provisioning.Connectors.Testing;

namespace Acme.Connector.Tests;

/// <summary>
/// Every promise of the contract. When the target listens on a port, override <c>Target</c> and <c>OpenAsync(IPEndPoint)</c> too, and ask
/// for <c>faults: true</c> and, if it speaks HTTP, <c>http: true</c>. Name the clear text of credentials in <c>Secrets</c>.
/// </summary>
public sealed class Conformance_Tests : ConnectorConformance, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("acme-").FullName;

    public static TheoryData<string> Names => [.. ChecksFor<TargetConnector>(faults: false, unload: true)];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new TargetConnectorFactory(), Settings);

    private TargetSettings Settings => new() { Folder = Path.Combine(_root, "accounts") };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) => Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    protected override Task<IConnector> OpenAsync()
    {
        IConnectorFactory factory = new TargetConnectorFactory();
        return Task.FromResult(factory.Create(Settings, new ConnectorContext("conformance", ".", TimeProvider.System)));
    }
}
