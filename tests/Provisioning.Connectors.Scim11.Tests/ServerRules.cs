namespace Provisioning.Connectors.Scim11.Tests;

/// <summary>What a SCIM 1.1 server can and cannot do.</summary>
internal sealed record ServerRules
{
    public bool TellsFeatures { get; init; } = true;

    public bool Patch { get; init; } = true;

    public bool Filter { get; init; } = true;

    /// <summary>Whether filters may name anything but the unique name.</summary>
    public bool SearchesByMarker { get; init; } = true;

    public bool Groups { get; init; } = true;

    /// <summary>Takes PATCH only as POST with the override header.</summary>
    public bool OverridesMethod { get; init; }

    /// <summary>Whether a replacement must name the version it replaces.</summary>
    public bool NeedsVersion { get; init; }

    public int MostPerPage { get; init; } = 50;
}
