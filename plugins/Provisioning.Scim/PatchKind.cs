namespace Provisioning.Scim;

internal enum PatchKind
{
    Add,
    Replace,
    Remove,
}
