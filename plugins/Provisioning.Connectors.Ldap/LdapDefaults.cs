namespace Provisioning.Connectors.Ldap;

/// <summary>Fills what the settings leave open with the habits of a kind of directory, and says all at once what cannot work.</summary>
internal static class LdapDefaults
{
    public static LdapSettings Apply(LdapSettings settings)
    {
        var active = settings.Directory == DirectoryKind.ActiveDirectory;
        if (settings.Port == 0)
            settings.Port = settings.Security == LdapSecurity.Ldaps ? 636 : 389;
        settings.IdAttribute ??= active ? "objectGUID" : "entryUUID";
        if (active)
            ActiveDirectory(settings);
        else
            OpenLdap(settings);
        foreach (var kind in (LdapObjectSettings[])[settings.Users, settings.Groups])
            kind.Filter ??= $"(objectClass={LdapFilter.Escape(kind.ObjectClasses[^1])})";
        if (settings.Users.ReadAttributes.Count == 0)
            settings.Users.ReadAttributes = ["*"];
        // Without a list of its own a group would be read with all its members.
        if (settings.Groups.ReadAttributes.Count == 0)
            settings.Groups.ReadAttributes = ["cn", "displayName", "description", "mail", "gidNumber", "ou", "owner"];
        Check(settings);
        return settings;
    }

    private static void OpenLdap(LdapSettings settings)
    {
        Fill(settings.Users, ["inetOrgPerson"], "uid", "uid", "employeeNumber");
        Fill(settings.Groups, ["groupOfNames"], "cn", "cn", "businessCategory");
        settings.Users.Disable ??= new DisableSettings { Attribute = "pwdAccountLockedTime", DisabledValue = "000001010000Z" };
        settings.Users.Password ??= PasswordStyle.Extended;
        settings.Users.RandomPassword ??= false;
    }

    private static void ActiveDirectory(LdapSettings settings)
    {
        Fill(settings.Users, ["top", "person", "organizationalPerson", "user"], "cn", "sAMAccountName", "adminDescription");
        Fill(settings.Groups, ["top", "group"], "cn", "sAMAccountName", "adminDescription");
        // Computers are users too, by class.
        settings.Users.Filter ??= "(&(objectCategory=person)(objectClass=user))";
        settings.Users.Disable ??= new DisableSettings { Attribute = "userAccountControl", Bit = 2 };
        settings.Users.Password ??= PasswordStyle.UnicodePwd;
        settings.Users.RandomPassword ??= true;
    }

    private static void Fill(LdapObjectSettings kind, string[] classes, string rdn, string name, string marker)
    {
        if (kind.ObjectClasses.Count == 0)
            kind.ObjectClasses = classes;
        kind.RdnAttribute ??= rdn;
        kind.NameAttribute ??= name;
        kind.MarkerAttribute ??= marker;
    }

    private static void Check(LdapSettings settings)
    {
        var problems = new List<string>();
        if (settings.Users.Base.Length == 0)
            problems.Add("'users.base' is missing");
        // libldap is told the length in characters and would send half of such a password.
        if (!OperatingSystem.IsWindows() && settings.BindPassword?.Reveal().All(char.IsAscii) == false)
            problems.Add("the password of 'bindDn' has characters beyond ASCII, which the system's LDAP library cannot send; give the account another");
        if (settings.Security == LdapSecurity.None && settings.Users.Password == PasswordStyle.UnicodePwd && settings.Users.RandomPassword == true)
            problems.Add("'security' is 'none', but a directory takes 'unicodePwd' over TLS only");
        if (problems.Count > 0)
            throw new ConnectorException(FailureKind.Misconfigured, string.Join("; ", problems));
    }
}
