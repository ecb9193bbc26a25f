namespace Provisioning.Plugins.Calls;

/// <summary>Everything a connector can be asked.</summary>
internal enum CallKind
{
    Find,
    Create,
    Update,
    SetEnabled,
    Delete,
    List,
    CreateGroup,
    UpdateGroup,
    DeleteGroup,
    ListMembers,
    SetPassword,
    Test,
    Describe,
}
