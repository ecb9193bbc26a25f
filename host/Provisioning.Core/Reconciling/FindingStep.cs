namespace Provisioning.Core.Reconciling;

/// <summary>Whether something is done about a finding. The numbers are stored.</summary>
public enum FindingStep
{
    /// <summary>Nothing can be done, or may be.</summary>
    None = 0,

    /// <summary>A repair or an adoption would do something.</summary>
    Possible = 1,

    /// <summary>It was done.</summary>
    Taken = 2,
}
