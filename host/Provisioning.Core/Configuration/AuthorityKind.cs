namespace Provisioning.Core.Configuration;

/// <summary>For whose bindings the word of a service provider counts.</summary>
public enum AuthorityKind
{
    /// <summary>For its own.</summary>
    Own,

    /// <summary>For everybody's.</summary>
    Trusted,
}
