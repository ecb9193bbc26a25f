using System.DirectoryServices.Protocols;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap;

/// <summary>Creating, changing, moving and deleting entries of one kind.</summary>
internal sealed class EntryChanges(EntryKind kind, References references, bool deleteSubtree)
{
    private const string TreeDelete = "1.2.840.113556.1.4.805";

    /// <summary>Creates an entry and reads back the id that the directory gave.</summary>
    public Account Create(
        LdapSession session, NewAccount account, IEnumerable<DirectoryAttribute> more, Action<string> log, CancellationToken cancellationToken)
    {
        var values = Desired(account.Attributes);
        values[kind.Kind.MarkerAttribute!] = account.OwnershipMarker;
        var rdn = Text(values, kind.Kind.RdnAttribute!)
            ?? throw new ConnectorException(FailureKind.Rejected, $"an entry needs '{kind.Kind.RdnAttribute}', which names it; map it");
        var dn = Dn.Of(kind.Kind.RdnAttribute!, rdn, Parent(values));

        var request = new AddRequest(dn, new DirectoryAttribute("objectClass", [.. kind.Kind.ObjectClasses]));
        foreach (var (name, value) in values.Where(pair => IsStored(pair.Key)))
        {
            var (named, writes) = references.ToNames(session, name, value, log, cancellationToken);
            if (writes && kind.Values.Write(name, named) is { Count: > 0 } bytes)
                request.Attributes.Add(new DirectoryAttribute(name, [.. bytes]));
        }

        request.Attributes.AddRange([.. more]);
        Add(session, request, cancellationToken);
        return ReadBack(session, dn);
    }

    /// <summary>Renames and moves first, then changes what else differs, in one request.</summary>
    public Account Update(LdapSession session, string id, AccountDelta delta, Action<string> log, CancellationToken cancellationToken)
    {
        var entry = kind.Existing(session, id, cancellationToken);
        var desired = Desired(delta.Desired);
        var changed = delta.Changes.Select(change => kind.Real(change.Attribute)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (Move(session, entry, desired, changed, cancellationToken))
            entry = kind.Existing(session, id, cancellationToken);

        var request = new ModifyRequest(entry.DistinguishedName);
        foreach (var name in changed.Where(name => IsStored(name) && !IsRdn(name) && !(IsMarker(name) && delta.Marker is not null)))
        {
            var (named, writes) = references.ToNames(session, name, desired[name], log, cancellationToken);
            if (writes)
                request.Modifications.Add(Replace(name, named));
        }

        if (delta.Marker is { } marker)
            request.Modifications.Add(Replace(kind.Kind.MarkerAttribute!, marker));
        if (delta.Enabled is { } enabled && kind.Disable is { } rule)
            request.Modifications.AddRange([.. rule.Change(entry, enabled)]);
        if (request.Modifications.Count == 0)
            return kind.Read(entry);
        Modify(session, request, cancellationToken);
        return kind.Find(session, id, CancellationToken.None) is { } after ? kind.Read(after) : kind.Read(entry);
    }

    /// <summary>As <see cref="Update"/>; when the directory refuses an attribute, the account is still enabled or disabled.</summary>
    public Account UpdateKeepingAccess(LdapSession session, string id, AccountDelta delta, Action<string> log, CancellationToken cancellationToken)
    {
        try
        {
            return Update(session, id, delta, log, cancellationToken);
        }
        catch (ConnectorException refused) when (refused.Kind is FailureKind.Rejected or FailureKind.Conflict && delta.Enabled is not null)
        {
            SetEnabled(session, id, delta.Enabled.Value, cancellationToken);
            throw;
        }
    }

    public void SetEnabled(LdapSession session, string id, bool enabled, CancellationToken cancellationToken)
    {
        var entry = kind.Existing(session, id, cancellationToken);
        var request = new ModifyRequest(entry.DistinguishedName);
        request.Modifications.AddRange([.. kind.Disable!.Change(entry, enabled)]);
        if (request.Modifications.Count > 0)
            Modify(session, request, cancellationToken);
    }

    public void Delete(LdapSession session, string id, CancellationToken cancellationToken)
    {
        if (kind.Find(session, id, cancellationToken) is not { } entry)
            return;
        var request = new DeleteRequest(entry.DistinguishedName);
        if (deleteSubtree)
            request.Controls.Add(new DirectoryControl(TreeDelete, null, isCritical: true, serverSide: true));
        try
        {
            session.Send(request, cancellationToken);
        }
        catch (ConnectorException e) when (e.Kind == FailureKind.Gone)
        {
            // Somebody was faster.
        }
    }

    private void Add(LdapSession session, AddRequest request, CancellationToken cancellationToken)
    {
        try
        {
            session.Send(request, cancellationToken);
        }
        catch (ConnectorException missing) when (LdapFailure.Code(missing) == ResultCode.NoSuchObject && Dn.Same(Dn.Parent(request.DistinguishedName), kind.Kind.Base))
        {
            throw kind.BaseMissing(missing);
        }
    }

    private static void Modify(LdapSession session, ModifyRequest request, CancellationToken cancellationToken)
    {
        try
        {
            session.Send(request, cancellationToken);
        }
        catch (ConnectorException e) when (e.Kind == FailureKind.Gone || LdapFailure.Code(e) == ResultCode.NoSuchAttribute)
        {
            // It was there a moment ago: somebody moved it or changed the same bits. The next attempt looks again.
            throw new ConnectorException(FailureKind.Transient, "the entry changed at the same moment", e);
        }
    }

    private Account ReadBack(LdapSession session, string dn)
    {
        // The entry exists now, so being cancelled must not keep its id from the caller.
        try
        {
            if (kind.At(session, dn, CancellationToken.None) is { } created)
                return kind.Read(created);
        }
        catch (ConnectorException e)
        {
            throw new ConnectorException(FailureKind.Ambiguous, $"'{dn}' was created but could not be read back: {e.Message}", e) { TargetCode = e.TargetCode };
        }

        throw new ConnectorException(FailureKind.Ambiguous, $"'{dn}' was created but is not there when it is read back");
    }

    private bool Move(LdapSession session, SearchResultEntry entry, JsonObject desired, List<string> changed, CancellationToken cancellationToken)
    {
        var parent = Dn.Parent(entry.DistinguishedName);
        var newParent = changed.Any(IsParent) ? Parent(desired) : parent;
        var name = Dn.FirstValue(entry.DistinguishedName);
        // An entry whose own name is not mapped is called what its unique name is, also when that changes.
        var newName = changed.Any(attribute => IsRdn(attribute) || IsName(attribute)) ? Text(desired, kind.Kind.RdnAttribute!) ?? name : name;
        if (newName == name && Dn.Same(parent, newParent))
            return false;
        var request = new ModifyDNRequest(
            entry.DistinguishedName, Dn.Same(parent, newParent) ? null : newParent, Dn.Rdn(kind.Kind.RdnAttribute!, newName)) { DeleteOldRdn = true };
        try
        {
            session.Send(request, cancellationToken);
        }
        catch (ConnectorException failure) when (request.NewParentDistinguishedName is { } place
            && LdapFailure.Code(failure) is ResultCode.Other or ResultCode.OperationsError or ResultCode.NoSuchObject && !Exists(session, place, cancellationToken))
        {
            // Directories have different words for this, some of them for a failure that passes.
            throw new ConnectorException(FailureKind.Rejected, $"the entry cannot move to '{place}', which does not exist", failure) { TargetCode = failure.TargetCode };
        }

        return true;
    }

    private static bool Exists(LdapSession session, string dn, CancellationToken cancellationToken)
    {
        try
        {
            return session.Search(new SearchRequest(dn, "(objectClass=*)", SearchScope.Base, "objectClass"), cancellationToken).Count > 0;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            return false;
        }
    }

    private string Parent(JsonObject values)
    {
        if (kind.Kind.ParentAttribute is not { } attribute || Text(values, attribute) is not { } parent)
            return kind.Kind.Base;
        if (!Dn.IsWithin(parent, kind.Kind.Base))
            throw new ConnectorException(FailureKind.Rejected, $"'{parent}' is not below '{kind.Kind.Base}', so what is put there would never be found again");
        return parent;
    }

    private JsonObject Desired(JsonObject attributes)
    {
        var values = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true });
        foreach (var (name, value) in attributes)
        {
            var real = kind.Real(name);
            if (values.ContainsKey(real) && values[real]?.ToString() != value?.ToString())
                throw new ConnectorException(FailureKind.Rejected, $"'{kind.Alias}' is written to '{real}', which is mapped to something else too");
            values[real] = value?.DeepClone();
        }

        if (Text(values, kind.Kind.NameAttribute!) is { } unique)
        {
            values[kind.Kind.RdnAttribute!] ??= unique;
            if (!kind.Kind.NameAttribute!.Equals(kind.Kind.RdnAttribute, StringComparison.OrdinalIgnoreCase))
                values[kind.Kind.NameAttribute!] = kind.Storable(unique);
        }

        return values;
    }

    private DirectoryAttributeModification Replace(string name, JsonNode? value)
    {
        // Replacing by nothing removes, and is no error where nothing is.
        var modification = new DirectoryAttributeModification { Name = name, Operation = DirectoryAttributeOperation.Replace };
        foreach (var bytes in kind.Values.Write(name, value))
            modification.Add(bytes);
        return modification;
    }

    private bool IsStored(string name) => !IsParent(name) && !name.Equals("objectClass", StringComparison.OrdinalIgnoreCase);

    private bool IsParent(string name) => name.Equals(kind.Kind.ParentAttribute, StringComparison.OrdinalIgnoreCase);

    private bool IsName(string name) => name.Equals(kind.Kind.NameAttribute, StringComparison.OrdinalIgnoreCase);

    private bool IsMarker(string name) => name.Equals(kind.Kind.MarkerAttribute, StringComparison.OrdinalIgnoreCase);

    private bool IsRdn(string name) => name.Equals(kind.Kind.RdnAttribute, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonObject values, string name) => values[name]?.ToString() is { Length: > 0 } text ? text : null;
}
