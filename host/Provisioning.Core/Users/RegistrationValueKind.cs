namespace Provisioning.Core.Users;

/// <summary>What users are found by, beside their names. The numbers are stored.</summary>
public enum RegistrationValueKind
{
    Email = 0,
    EmployeeNumber = 1,
}
