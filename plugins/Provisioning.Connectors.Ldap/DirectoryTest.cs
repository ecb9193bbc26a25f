using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap;

/// <summary>Finds out what is wrong with the settings or the directory, and says it in one sentence.</summary>
internal static class DirectoryTest
{
    public static async Task<string?> RunAsync(LdapPool pool, LdapSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await pool.RunAsync(session => Look(session, settings, cancellationToken), cancellationToken);
        }
        catch (ConnectorException e)
        {
            return e.Message;
        }
    }

    private static string? Look(LdapSession session, LdapSettings settings, CancellationToken cancellationToken)
    {
        foreach (var (setting, dn) in (ReadOnlySpan<(string, string)>)[("users.base", settings.Users.Base), ("groups.base", settings.Groups.Base)])
        {
            if (dn.Length == 0)
                continue;
            if (Read(session, dn, settings.IdAttribute!, cancellationToken) is not { } entry)
                return $"'{setting}' is '{dn}', which does not exist or which '{settings.BindDn}' may not see";
            if (entry.Attributes[settings.IdAttribute!] is null)
                return $"'{dn}' shows no '{settings.IdAttribute}'; check 'idAttribute' and the rights of '{settings.BindDn}'";
        }

        return RootDse.Values(session, "supportedControl", cancellationToken).Contains("1.2.840.113556.1.4.319")
            ? null
            : "the directory cannot list in pages";
    }

    private static SearchResultEntry? Read(LdapSession session, string dn, string idAttribute, CancellationToken cancellationToken)
    {
        try
        {
            var found = session.Search(new SearchRequest(dn, "(objectClass=*)", SearchScope.Base, idAttribute), cancellationToken);
            return found.Count == 0 ? null : found[0];
        }
        catch (ConnectorException e) when (e.Kind == FailureKind.Gone)
        {
            return null;
        }
    }
}
