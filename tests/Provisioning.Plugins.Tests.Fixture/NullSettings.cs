namespace Provisioning.Plugins.Tests.Fixture;

public sealed class NullSettings
{
    public string Text { get; init; } = "";
}
