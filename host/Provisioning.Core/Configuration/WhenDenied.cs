namespace Provisioning.Core.Configuration;

/// <summary>Whether a sign-in is allowed when the policies or the provisioning roles refuse the account that a blocking binding asks for.</summary>
public enum WhenDenied
{
    Refuse,
    Allow,
}
