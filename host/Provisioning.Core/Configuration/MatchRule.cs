namespace Provisioning.Core.Configuration;

/// <summary>When somebody whom a service provider names for the first time is a person whom the host knows already.</summary>
public enum MatchRule
{
    /// <summary>When the person has the user name.</summary>
    UserName,

    /// <summary>Never: the people of the service provider are its own.</summary>
    None,

    /// <summary>When a trusted service provider says that the person has an e-mail address or the employee number.</summary>
    Verified,
}
