namespace Provisioning.Host.Imports;

/// <summary>What the cells of a column are.</summary>
internal enum ImportColumnKind
{
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Values with semicolons between them.</summary>
    List,
}
