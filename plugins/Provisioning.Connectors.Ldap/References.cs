using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap;

/// <summary>
/// Attributes that name another entry, such as <c>manager</c>. A mapping writes the account id, the directory wants the distinguished name, which
/// changes when the entry moves: so it is looked up whenever it is written, and turned back when it is read.
/// </summary>
internal sealed class References(LdapSettings settings, EntryKind users)
{
    // What directories have in common, where the schema may not be read.
    private static readonly string[] Usual = ["manager", "secretary", "assistant", "owner", "seeAlso", "managedBy", "roleOccupant", "member", "uniqueMember"];

    private readonly ConcurrentDictionary<string, bool> _byName = new(StringComparer.OrdinalIgnoreCase);
    private volatile HashSet<string>? _known;

    /// <summary>What is to be written.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">Its value as the mapping made it.</param>
    /// <param name="log">Told what is left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The value with names in place of ids, and whether it is to be written at all: a reference to nobody is left out.</returns>
    public (JsonNode? Value, bool Writes) ToNames(
        LdapSession session, string attribute, JsonNode? value, Action<string> log, CancellationToken cancellationToken)
    {
        var texts = EntryValues.Several(value);
        if (texts.Count == 0 || !IsReference(session, attribute, cancellationToken))
            return (value, true);
        _byName[attribute] = texts.All(Dn.IsName);
        var names = new JsonArray();
        foreach (var text in texts)
        {
            if (Dn.IsName(text))
                names.Add(text);
            else if (!users.MayBeId(text))
                throw new ConnectorException(FailureKind.Rejected, $"'{attribute}' names another entry, by account id or distinguished name, and '{text}' is neither");
            else if (users.Find(session, text, cancellationToken) is { } entry)
                names.Add(entry.DistinguishedName);
            else
                log($"'{attribute}' is left out: no account has the id '{text}'");
        }

        return (names, names.Count > 0);
    }

    /// <summary>Puts account ids in the place of names in what was read; a name of nobody's account stays.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="account">What was read; it is changed.</param>
    /// <param name="known">The ids that were looked up already, by name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Account WithIds(LdapSession session, Account account, Dictionary<string, string?> known, CancellationToken cancellationToken)
    {
        foreach (var (attribute, value) in account.Attributes.ToList())
        {
            var texts = EntryValues.Several(value);
            if (texts.Count == 0 || !texts.All(Dn.IsName) || attribute.Equals(users.Kind.ParentAttribute, StringComparison.OrdinalIgnoreCase)
                || !IsReference(session, attribute, cancellationToken) || _byName.GetValueOrDefault(attribute))
                continue;
            var ids = texts.Select(text => JsonValue.Create(IdOf(session, text, known, cancellationToken) ?? text)).ToArray();
            account.Attributes[attribute] = value is JsonArray ? new JsonArray(ids) : ids[0];
        }

        return account;
    }

    private string? IdOf(LdapSession session, string name, Dictionary<string, string?> known, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(name, out var id))
            return id;
        var entry = Dn.IsWithin(name, users.Kind.Base) ? users.At(session, name, cancellationToken) : null;
        return known[name] = entry is null ? null : users.Id(entry);
    }

    private bool IsReference(LdapSession session, string attribute, CancellationToken cancellationToken)
    {
        try
        {
            _known ??= SchemaReader.References(session, settings, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind is FailureKind.Rejected or FailureKind.Gone)
        {
            _known = new HashSet<string>(Usual, StringComparer.OrdinalIgnoreCase);
        }

        return _known.Contains(attribute);
    }
}
