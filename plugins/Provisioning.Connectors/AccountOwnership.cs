namespace Provisioning.Connectors;

/// <summary>Whose account it is, judged by the ownership marker.</summary>
public enum AccountOwnership
{
    /// <summary>It carries no marker.</summary>
    Unowned,

    /// <summary>It carries our marker.</summary>
    Ours,

    /// <summary>It carries somebody else's marker.</summary>
    Foreign,
}
