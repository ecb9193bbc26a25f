namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>The defaults of Active Directory against a server that has its attributes but not its <c>objectGUID</c>.</summary>
internal static class ActiveDirectory
{
    public static Action<LdapSettings> Settings(Slapd slapd) => settings =>
    {
        settings.Directory = DirectoryKind.ActiveDirectory;
        settings.Security = LdapSecurity.StartTls;
        settings.CaDirectory = slapd.CaDirectory;
        settings.IdAttribute = "entryUUID";
        settings.Users.Filter = "(objectClass=user)";
        settings.Users.ObjectClasses = ["user"];
        settings.Groups.ObjectClasses = ["groupOfNames"];
        settings.Groups.NameAttribute = "cn";
        settings.Groups.MarkerAttribute = "businessCategory";
    };
}
