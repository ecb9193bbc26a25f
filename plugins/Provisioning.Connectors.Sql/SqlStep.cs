namespace Provisioning.Connectors.Sql;

/// <summary>How far work had come when it failed.</summary>
internal enum SqlStep
{
    /// <summary>Connecting and signing on.</summary>
    Opening,

    /// <summary>Running statements that only read.</summary>
    Reading,

    /// <summary>Running statements; whatever fails changed nothing.</summary>
    Running,

    /// <summary>Committing: it may have happened.</summary>
    Committing,
}
