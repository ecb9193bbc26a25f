using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql;

/// <summary>Creating, changing and deleting objects of one kind, within a transaction of the caller.</summary>
internal sealed class SqlChanges(SqlDatabase database, SqlObject kind)
{
    /// <summary>Creates an object. The password that nobody knows is used only where a statement asks for it.</summary>
    public async Task<Account> CreateAsync(SqlSession session, NewAccount account, Secret password)
    {
        var values = SqlValues.From(account.Attributes);
        values["marker"] = account.OwnershipMarker;
        values["enabled"] = account.Enabled;
        if (kind.Create.Any(statement => statement.Uses("randomPassword")))
            values["randomPassword"] = password.Reveal();
        if (kind.Create.Any(statement => statement.Uses("randomPasswordHash")))
            values["randomPasswordHash"] = PasswordHash.Make(password);
        await session.RunAllAsync(kind.Require(kind.Create, "create"), values);
        var id = values[kind.IdColumn]?.ToString() ?? await FindIdAsync(session, account.OwnershipMarker);
        return kind.Get is null ? new Account(id, [], account.Enabled) : await database.GetAsync(session, kind, id);
    }

    public async Task<Account> UpdateAsync(SqlSession session, string id, AccountDelta delta)
    {
        await database.GetAsync(session, kind, id);
        if (delta.Changes.All(change => SetFor(change) is not null))
        {
            foreach (var change in delta.Changes)
            {
                var values = SqlValues.Of("id", id);
                values["value"] = ValueOf(change, delta.Desired);
                await session.RunAsync(SetFor(change)!, values);
            }
        }
        else
        {
            var values = SqlValues.From(delta.Desired);
            values["id"] = id;
            // A statement that writes every column writes this one too, and must not empty it.
            values["marker"] = delta.Marker ?? delta.OwnershipMarker;
            await session.RunAllAsync(kind.Require(kind.Update, "update"), values);
        }

        return await database.GetAsync(session, kind, id);
    }

    /// <summary>Writes the ownership marker of an object that is adopted.</summary>
    public async Task MarkAsync(SqlSession session, string id, AccountDelta delta, OperationContext context)
    {
        if (delta.Marker is not { } marker)
            return;
        if (kind.SetMarker.Count > 0)
            await RunAsync(session, id, kind.SetMarker, SqlValues.Of("marker", marker));
        else
            context.Log($"the ownership marker is not written: there is no statement '{kind.Name}.setMarker' in the settings");
    }

    /// <summary>Runs statements on an object that must exist.</summary>
    public async Task RunAsync(SqlSession session, string id, IReadOnlyList<SqlStatement> statements, SqlValues values)
    {
        await database.GetAsync(session, kind, id);
        values["id"] = id;
        await session.RunAllAsync(statements, values);
    }

    public async Task DeleteAsync(SqlSession session, string id)
    {
        var statements = kind.Require(kind.Delete, "delete");
        try
        {
            await RunAsync(session, id, statements, new SqlValues());
        }
        catch (ConnectorException e) when (e.Kind == FailureKind.Gone)
        {
            // As it should be.
        }
    }

    private async Task<string> FindIdAsync(SqlSession session, string marker)
    {
        if (kind.FindByMarker is { } find && await session.RunAsync(find, SqlValues.Of("marker", marker)) is [var row, ..])
            return row.ToAccount(kind).Id;
        throw new ConnectorException(FailureKind.Rejected, $"'{kind.Name}.create' returns no '{kind.IdColumn}'; add a RETURNING clause");
    }

    private SqlStatement? SetFor(AttributeChange change) =>
        (change.SubAttribute is { } part ? kind.Set.GetValueOrDefault($"{change.Attribute}.{part}") : null) ?? kind.Set.GetValueOrDefault(change.Attribute);

    // A statement for the whole attribute gets the whole attribute, though only a part of it changed.
    private JsonNode? ValueOf(AttributeChange change, JsonObject desired) =>
        change.SubAttribute is null || kind.Set.ContainsKey($"{change.Attribute}.{change.SubAttribute}") ? change.Value : desired[change.Attribute];
}
