namespace Provisioning.Core.Configuration;

internal static class ConnectorOperations
{
    private static readonly string[] Names = [.. Enum.GetNames<ConnectorOperation>().Select(x => x.ToLowerInvariant())];

    public static string Name(this ConnectorOperation operation) => Names[(int)operation];

    /// <summary>The operation changes something at the target, or may.</summary>
    public static bool Acts(this ConnectorOperation operation) => operation is not (ConnectorOperation.Find or ConnectorOperation.Members);

    /// <summary>The kind of operation whose rate this one shares.</summary>
    public static ConnectorOperation Rate(this ConnectorOperation operation) => operation == ConnectorOperation.Members ? ConnectorOperation.Find : operation;
}
