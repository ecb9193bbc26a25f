namespace Provisioning.Core.Users;

/// <summary>A value by which a user is found, beside the names.</summary>
/// <param name="Key">The same for values that differ in case alone.</param>
public sealed record RegistrationValue(RegistrationValueKind Kind, string Key);
