namespace Provisioning.Core.Pipeline;

/// <summary>What one binding says about a sign-in.</summary>
/// <param name="Blocking">The sign-in depends on it.</param>
/// <param name="Allowed">As far as this binding is concerned.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record BindingAccess(string IdentityProvider, bool Blocking, bool Allowed, AccessReason Reason, string Message);
