namespace Provisioning.Plugins.Tests.Fixture;

/// <summary>A type of the plugin's own, which must not get out.</summary>
public sealed class PrivateException : Exception
{
    public PrivateException()
        : base("private trouble")
    {
    }
}
