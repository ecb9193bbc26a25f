namespace Provisioning.Core.Ledger;

public enum WriteKind
{
    Insert,

    /// <summary>Only if the stored version is the new version less one, else <see cref="Users.VersionConflictException"/>.</summary>
    Update,
    Delete,
}
