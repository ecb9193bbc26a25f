namespace Provisioning.Core.Users;

/// <summary>How a registration came to be. The numbers are stored.</summary>
public enum RegistrationOrigin
{
    /// <summary>The service provider wrote the user over SCIM.</summary>
    Registered = 0,

    /// <summary>The user came from a file.</summary>
    Imported = 1,

    /// <summary>The user signed in, and nothing else was ever said.</summary>
    SignedIn = 2,
}
