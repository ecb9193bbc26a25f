using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap;

/// <summary>The entry that tells what a directory can do.</summary>
internal static class RootDse
{
    public static SearchRequest Request(params string[] attributes) => new("", "(objectClass=*)", SearchScope.Base, attributes);

    public static IReadOnlyList<string> Values(LdapSession session, string attribute, CancellationToken cancellationToken)
    {
        var entries = session.Search(Request(attribute), cancellationToken);
        return entries.Count > 0 ? EntryValues.Texts(entries[0].Attributes[attribute]) : [];
    }
}
