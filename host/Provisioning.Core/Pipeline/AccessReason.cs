namespace Provisioning.Core.Pipeline;

/// <summary>Why somebody may sign in, or may not. Applications see the names, so they stay as they are.</summary>
public enum AccessReason
{
    /// <summary>The account is there and enabled.</summary>
    Provisioned,

    /// <summary>The sign-in does not wait for the account.</summary>
    NotAwaited,

    /// <summary>The policies refuse the account.</summary>
    Denied,

    /// <summary>The user has none of the provisioning roles of the identity provider.</summary>
    RoleMissing,

    /// <summary>The policies could not decide.</summary>
    Undecided,

    /// <summary>The user only ever signed in, and the binding has no just-in-time provisioning.</summary>
    JitOff,

    /// <summary>The service provider says that the user is not active.</summary>
    Inactive,

    /// <summary>A trusted service provider says so.</summary>
    InactiveAtTrusted,

    /// <summary>The identity provider refused the account, or the user's attributes cannot be mapped.</summary>
    Refused,

    /// <summary>The identity provider cannot be reached, or fails.</summary>
    Down,

    /// <summary>The identity provider did not finish in time. The work goes on.</summary>
    TooSlow,

    /// <summary>An operator paused the identity provider.</summary>
    Paused,

    /// <summary>The identity provider is under maintenance.</summary>
    Maintenance,

    /// <summary>The account is being taken away, or waits for something else.</summary>
    NotThere,
}
