namespace Provisioning.Connectors.Rest;

/// <summary>What an answer means: success, or how to recover.</summary>
public enum RestMeaning
{
    /// <summary>It is done, whatever the status says.</summary>
    Done,

    /// <summary>See <see cref="FailureKind.Transient"/>.</summary>
    Transient,

    /// <summary>See <see cref="FailureKind.Throttled"/>.</summary>
    Throttled,

    /// <summary>See <see cref="FailureKind.Unauthorized"/>.</summary>
    Unauthorized,

    /// <summary>See <see cref="FailureKind.Conflict"/>.</summary>
    Conflict,

    /// <summary>See <see cref="FailureKind.Gone"/>.</summary>
    Gone,

    /// <summary>See <see cref="FailureKind.Ambiguous"/>.</summary>
    Ambiguous,

    /// <summary>See <see cref="FailureKind.Rejected"/>.</summary>
    Rejected,

    /// <summary>See <see cref="FailureKind.Misconfigured"/>.</summary>
    Misconfigured,
}
