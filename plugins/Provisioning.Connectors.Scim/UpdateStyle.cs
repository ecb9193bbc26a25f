namespace Provisioning.Connectors.Scim;

/// <summary>The ways in which targets take changes.</summary>
internal enum UpdateStyle
{
    /// <summary>PATCH, each operation with a path.</summary>
    Path,

    /// <summary>PATCH with one object of attributes and no path.</summary>
    Pathless,

    /// <summary>PATCH with one object whose keys are paths.</summary>
    Dotted,

    /// <summary>GET, merge, PUT.</summary>
    Put,
}
