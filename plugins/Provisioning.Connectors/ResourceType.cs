namespace Provisioning.Connectors;

/// <summary>The kinds of object that are provisioned.</summary>
public enum ResourceType
{
    /// <summary>A person or a service account.</summary>
    User,

    /// <summary>A group of accounts.</summary>
    Group,
}
