namespace Provisioning.Plugins.Tests.Fixture;

public sealed class NullSettings
{
    /// <summary>What it does when it is called.</summary>
    public string Behaviour { get; init; } = "";
}
