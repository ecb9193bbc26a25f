namespace Provisioning.Core.Reconciling;

/// <summary>How an account differs from what we know of it. The numbers are stored.</summary>
public enum FindingKind
{
    /// <summary>We think that it exists, and the target does not have it.</summary>
    Missing = 0,

    /// <summary>An attribute has another value than we gave it.</summary>
    Different = 1,

    /// <summary>Somebody else disabled it.</summary>
    Disabled = 2,

    /// <summary>We disabled it, and somebody else enabled it.</summary>
    Enabled = 3,

    /// <summary>It carries our marker, and nobody is to have it.</summary>
    Orphan = 4,

    /// <summary>It is not ours.</summary>
    Unmatched = 5,

    /// <summary>It is that of a user who should have one and of whom we know none.</summary>
    Adoptable = 6,
}
