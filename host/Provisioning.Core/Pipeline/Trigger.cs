namespace Provisioning.Core.Pipeline;

/// <summary>What brought a user here.</summary>
public enum Trigger
{
    /// <summary>A write over SCIM, the console or the API.</summary>
    Inbound,

    /// <summary>The user has just authenticated at a service provider: only bindings with <c>jit</c> give new accounts.</summary>
    SignIn,

    /// <summary>A file.</summary>
    Import,

    /// <summary>Policies, configuration or a group changed.</summary>
    Replan,

    /// <summary>The moment has come until which an earlier decision held.</summary>
    Clock,
}
