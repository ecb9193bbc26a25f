namespace Provisioning.Core.Configuration;

/// <summary>The calls that a connector is asked for. Their names in lower case stand in the history and in <c>limits.perOperation</c>.</summary>
internal enum ConnectorOperation
{
    Find,
    Create,
    Update,
    Enable,
    Disable,
    Delete,

    /// <summary>The members of a group are read.</summary>
    Members,
}
