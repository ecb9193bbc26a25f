namespace Provisioning.Host.Composition;

/// <summary>The host cannot start. The message is one line for the operator, and says what to do.</summary>
internal sealed class StartException(string message, Exception? cause = null) : Exception(message, cause);
