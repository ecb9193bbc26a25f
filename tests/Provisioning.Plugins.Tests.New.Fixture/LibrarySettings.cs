namespace Provisioning.Plugins.Tests.Library;

public sealed class LibrarySettings
{
    public string Text { get; init; } = "";
}
