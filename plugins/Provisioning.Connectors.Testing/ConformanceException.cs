namespace Provisioning.Connectors.Testing;

/// <summary>A connector does not keep a promise of its contract.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Creates a failure.</summary>
    public ConformanceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
