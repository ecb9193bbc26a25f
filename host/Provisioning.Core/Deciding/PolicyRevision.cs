namespace Provisioning.Core.Deciding;

/// <summary>Revisions of policies are hashes. People and tables need only the start of one.</summary>
public static class PolicyRevision
{
    private const int Length = 12;

    public static string Short(string revision) => revision.Length <= Length ? revision : revision[..Length];
}
