namespace Provisioning.Connectors.Scim.Tests;

/// <summary>What a SCIM server can and cannot do.</summary>
internal sealed record TargetRules
{
    /// <summary>Whether the server tells what it can do, beside what its schemas are.</summary>
    public bool TellsFeatures { get; init; } = true;

    public bool Patch { get; init; } = true;

    public bool Groups { get; init; } = true;

    public bool Filter { get; init; } = true;

    /// <summary>The attributes that filters may name; null for all.</summary>
    public IReadOnlyList<string>? FilterAttributes { get; init; }

    public int MostPerPage { get; init; } = 50;

    public bool Cursors { get; init; }

    /// <summary>Operations in a bulk request; 0 for none.</summary>
    public int BulkOperations { get; init; }

    public int BulkPayload { get; init; } = 100_000;

    public bool ChangePassword { get; init; } = true;

    /// <summary>Whether a replacement must name the version it replaces.</summary>
    public bool NeedsVersion { get; init; }

    public int MostMembersPerRequest { get; init; } = int.MaxValue;

    public bool HidesMembers { get; init; }

    /// <summary>Whether members leave by <c>value</c> instead of by a filter in the path.</summary>
    public bool RemovesByValue { get; init; }

    public bool RefusesToReplaceGroups { get; init; }

    public bool RefusesPaths { get; init; }

    public bool WantsStringBooleans { get; init; }

    public bool WantsPassword { get; init; }

    public bool RefusesDisabledCreation { get; init; }

    /// <summary>Attributes that may have one value only.</summary>
    public IReadOnlyList<string> SingleValued { get; init; } = [];

    public IReadOnlyList<string> Required { get; init; } = [];

    public IReadOnlyList<string>? GroupAttributes { get; init; }

    /// <summary>Answers 404 where a filter finds nothing.</summary>
    public bool FindsNothingWith404 { get; init; }
}
