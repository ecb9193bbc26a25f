using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Tests;

public sealed class When_a_call_is_routed
{
    [Fact]
    public void Should_know_every_capability_of_the_contract()
    {
        var capabilities = typeof(IConnector).Assembly.GetExportedTypes()
            .Where(x => x.IsInterface && x != typeof(IConnector) && x != typeof(IConnectorFactory));
        Assert.Equal(capabilities.OrderBy(x => x.Name), RoutedConnector.AllCapabilities.OrderBy(x => x.Name));
    }

    [Fact]
    public void Should_speak_the_major_version_of_the_contract_that_the_SDK_has() =>
        Assert.Equal(typeof(IConnector).Assembly.GetName().Version!.Major, PluginContract.Host.Major);
}
