using System.Net;
using Provisioning.Connectors.Testing;

[assembly: AssemblyFixture(typeof(Provisioning.Connectors.Ldap.Tests.Slapd))]

namespace Provisioning.Connectors.Ldap.Tests;

public sealed class Conformance_Tests(Slapd slapd) : ConnectorConformance
{
    public static TheoryData<string> Names => [.. ChecksFor<LdapConnector>(faults: true)];

    protected override ConformanceData Data { get; } = new LdapData();

    protected override IPEndPoint? Target => new(IPAddress.Loopback, slapd.Port);

    protected override IReadOnlyList<string> Secrets => [Slapd.ServicePassword];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name)
    {
        slapd.Require();
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");
    }

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(slapd.Open());

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult<IConnector>(slapd.Open(settings => settings.Port = address.Port));
}
