namespace Provisioning.Core.Reconciling;

/// <summary>How an account differs from what we know of it.</summary>
public enum FindingKind
{
    /// <summary>We think that it exists, and the target does not have it.</summary>
    Missing,

    /// <summary>An attribute has another value than we gave it.</summary>
    Different,

    /// <summary>Somebody else disabled it.</summary>
    Disabled,

    /// <summary>We disabled it, and somebody else enabled it.</summary>
    Enabled,

    /// <summary>It carries our marker, and nobody is to have it.</summary>
    Orphan,

    /// <summary>It is not ours.</summary>
    Unmatched,

    /// <summary>It is that of a user who should have one and of whom we know none.</summary>
    Adoptable,
}
