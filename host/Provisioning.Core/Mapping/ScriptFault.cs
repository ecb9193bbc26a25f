namespace Provisioning.Core.Mapping;

/// <summary>An expression that gives nothing that could be sent; the message is for the author of the mapping.</summary>
internal sealed class ScriptFault(string message) : Exception(message);
