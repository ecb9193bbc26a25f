namespace Provisioning.Plugins.Isolation;

/// <summary>The plugin's code threw something that is no failure of the contract; its type lives in the other process.</summary>
internal sealed class UnexpectedChildException(string type, string message) : Exception($"{type}: {message}");
