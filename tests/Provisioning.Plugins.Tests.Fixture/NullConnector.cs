using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests.Fixture;

/// <summary>Can do nothing.</summary>
public sealed class NullConnector : IConnector
{
    public bool NamesAreUnique => true;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
