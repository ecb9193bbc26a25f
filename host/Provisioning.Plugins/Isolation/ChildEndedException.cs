namespace Provisioning.Plugins.Isolation;

/// <summary>The child process is gone, and with it the answer to what it was asked.</summary>
internal sealed class ChildEndedException(string how) : Exception(how);
