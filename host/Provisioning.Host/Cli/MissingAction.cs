namespace Provisioning.Host.Cli;

/// <summary>What becomes of the users of a service provider who are not in its file.</summary>
internal enum MissingAction
{
    Keep,
    Deactivate,
    Delete,
}
