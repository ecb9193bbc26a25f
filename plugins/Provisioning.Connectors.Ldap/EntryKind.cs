using System.DirectoryServices.Protocols;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap;

/// <summary>How accounts, or groups, look in the directory: finding entries and reading them.</summary>
internal sealed class EntryKind
{
    // Never read, whatever the access rules allow.
    private static readonly string[] Hidden = ["userPassword", "unicodePwd", "sambaNTPassword"];

    private const int LongestId = 1024;

    private const string RefusedInNames = "\"/\\[]:;|=,+*?<>";

    private readonly LdapSettings _settings;
    private readonly HashSet<string> _left;
    private readonly string[] _wanted;

    public EntryKind(LdapSettings settings, LdapObjectSettings kind, string alias, DisableRule? disable, string? members)
    {
        _settings = settings;
        (Kind, Alias, Disable) = (kind, alias, disable);
        Values = new EntryValues(settings.BinaryAttributes);
        _left = new HashSet<string>([.. Hidden, settings.IdAttribute!, .. members is null ? (string[])[] : [members]], StringComparer.OrdinalIgnoreCase);
        _wanted = [.. kind.ReadAttributes, settings.IdAttribute!, kind.NameAttribute!, kind.RdnAttribute!, kind.MarkerAttribute!, .. disable is null ? (string[])[] : [disable.Attribute]];
    }

    public LdapObjectSettings Kind { get; }

    /// <summary>The name under which the host maps and matches the name attribute.</summary>
    public string Alias { get; }

    public DisableRule? Disable { get; }

    public EntryValues Values { get; }

    /// <summary>The attribute as the directory calls it.</summary>
    public string Real(string attribute) => attribute == Alias ? Kind.NameAttribute! : attribute;

    /// <summary>Entries that match, with all that is needed to know them.</summary>
    public SearchResultEntryCollection Search(LdapSession session, string filter, CancellationToken cancellationToken) =>
        Below(session, LdapFilter.And(Kind.Filter!, filter), cancellationToken);

    public SearchRequest PageRequest() => new(Kind.Base, Kind.Filter, SearchScope.Subtree, _wanted);

    /// <summary>The entry with an id, wherever it is now; null when there is none.</summary>
    public SearchResultEntry? Find(LdapSession session, string id, CancellationToken cancellationToken)
    {
        if (IdFilter(id) is not { } filter)
            return null;
        var entries = Below(session, filter, cancellationToken);
        return entries.Count == 0 ? null : entries[0];
    }

    /// <summary>The failure of a place that is not there, when that place is the base itself: no account has one then.</summary>
    public ConnectorException BaseMissing(Exception? cause = null) =>
        new(FailureKind.Misconfigured, $"the base '{Kind.Base}' does not exist, or '{_settings.BindDn}' may not see it", cause) { TargetCode = "32" };

    /// <summary>Whether a text has the form of an account id.</summary>
    public bool MayBeId(string text) => !IsGuid && !_settings.IdAttribute!.Equals("entryUUID", StringComparison.OrdinalIgnoreCase) || Guid.TryParse(text, out _);

    public SearchResultEntry Existing(LdapSession session, string id, CancellationToken cancellationToken) =>
        Find(session, id, cancellationToken) ?? throw new ConnectorException(FailureKind.Gone, $"no entry below '{Kind.Base}' has the id '{id}'");

    public SearchResultEntry? At(LdapSession session, string dn, CancellationToken cancellationToken)
    {
        try
        {
            var entries = session.Search(new SearchRequest(dn, "(objectClass=*)", SearchScope.Base, _wanted), cancellationToken);
            return entries.Count == 0 ? null : entries[0];
        }
        catch (ConnectorException e) when (e.Kind == FailureKind.Gone)
        {
            return null;
        }
    }

    /// <summary>The filter that finds an id; null when no id can look like this.</summary>
    public string? IdFilter(string id)
    {
        if (!IsGuid)
            return LdapFilter.Equal(_settings.IdAttribute!, id);
        return Guid.TryParse(id, out var guid) ? LdapFilter.Equal(_settings.IdAttribute!, guid.ToByteArray()) : null;
    }

    /// <summary>The id of an entry.</summary>
    /// <exception cref="ConnectorException">When the entry shows none: the settings say where ids are.</exception>
    public string Id(SearchResultEntry entry)
    {
        var attribute = entry.Attributes[_settings.IdAttribute!];
        var id = IsGuid ? EntryValues.Guid(attribute)?.ToString() : EntryValues.First(attribute);
        return id is { Length: > 0 and <= LongestId } ? id : throw new ConnectorException(
            FailureKind.Misconfigured, $"'{entry.DistinguishedName}' shows no '{_settings.IdAttribute}' that can be its id; check 'idAttribute' and the rights of 'bindDn'");
    }

    /// <summary>A name as the name attribute can hold it: Active Directory refuses some signs in <c>sAMAccountName</c>.</summary>
    public string Storable(string name) => _settings.Directory == DirectoryKind.ActiveDirectory && Kind.NameAttribute!.Equals("sAMAccountName", StringComparison.OrdinalIgnoreCase)
        ? string.Concat(name.Select(letter => letter < ' ' || RefusedInNames.Contains(letter) ? '_' : letter)).TrimEnd('.', ' ')
        : name;

    public static string Text(SearchResultEntry entry, string attribute) => EntryValues.First(entry.Attributes[attribute]) ?? "";

    public Account Read(SearchResultEntry entry)
    {
        var attributes = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true });
        foreach (DirectoryAttribute attribute in entry.Attributes.Values)
        {
            if (!_left.Contains(attribute.Name))
                attributes[attribute.Name] = Values.Read(attribute);
        }

        if (entry.Attributes[Kind.NameAttribute!] is not null)
            attributes[Alias] = Name(entry);
        if (Kind.ParentAttribute is { } parent)
            attributes[parent] = Dn.Parent(entry.DistinguishedName);
        return new Account(Id(entry), attributes, Disable?.IsEnabled(entry))
        {
            OwnershipMarker = Text(entry, Kind.MarkerAttribute!) is { Length: > 0 } marker ? marker : null,
        };
    }

    // Where the name attribute could not hold the name as it is, the entry's own name does.
    private string Name(SearchResultEntry entry)
    {
        var (stored, whole) = (Text(entry, Kind.NameAttribute!), Dn.FirstValue(entry.DistinguishedName));
        return stored != whole && stored == Storable(whole) ? whole : stored;
    }

    private SearchResultEntryCollection Below(LdapSession session, string filter, CancellationToken cancellationToken)
    {
        try
        {
            return session.Search(new SearchRequest(Kind.Base, filter, SearchScope.Subtree, _wanted), cancellationToken);
        }
        catch (ConnectorException missing) when (missing.Kind == FailureKind.Gone)
        {
            throw BaseMissing(missing);
        }
    }

    // Active Directory gives the bytes of a GUID, every other directory the text of an id.
    private bool IsGuid => _settings.IdAttribute!.Equals("objectGUID", StringComparison.OrdinalIgnoreCase);
}
