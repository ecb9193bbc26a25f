namespace Provisioning.Connectors;

/// <summary>The kinds of object that are provisioned. Hosts store the numbers.</summary>
public enum ResourceType
{
    /// <summary>A person or a service account.</summary>
    User = 0,

    /// <summary>A group of accounts.</summary>
    Group = 1,
}
