using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Permission sets. Mapped, they are all that a user has; those of a profile or of a permission set group are left alone.</summary>
internal sealed partial class SalesforceConnector
{
    private async Task GrantFirstAsync(string userId, NewAccount account, CancellationToken cancellationToken)
    {
        var wanted = JsonText.Texts(account.Attributes[UserFields.PermissionSets]);
        if (wanted.Count == 0)
            return;
        try
        {
            await SetPermissionSetsAsync(userId, wanted, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            throw HttpFailure.PartlyDone("the user was created, but not all permission sets were assigned", failure);
        }
    }

    private async Task SetPermissionSetsAsync(string userId, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var wantedIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in wanted)
            wantedIds.Add(SalesforceId.Short(await names.PermissionSetAsync(name, cancellationToken)));
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in AssignmentsAsync(userId, cancellationToken))
            rows[SalesforceId.Short(row.Text("PermissionSetId") ?? "")] = row.Text("Id") ?? "";

        var add = wantedIds.Where(id => !rows.ContainsKey(id)).Select(id => new JsonObject { ["AssigneeId"] = userId, ["PermissionSetId"] = id });
        foreach (var batch in add.Chunk(SalesforceApi.MostRecords))
            Demand(await api.CreateManyAsync("PermissionSetAssignment", batch, cancellationToken), "DUPLICATE_VALUE");
        var remove = rows.Where(row => !wantedIds.Contains(row.Key)).Select(row => row.Value);
        foreach (var batch in remove.Chunk(SalesforceApi.MostRecords))
            Demand(await api.DeleteManyAsync(batch, cancellationToken), "NOT_FOUND", "ENTITY_IS_DELETED");
    }

    private async Task<JsonArray> PermissionSetNamesAsync(string userId, CancellationToken cancellationToken)
    {
        var found = new JsonArray();
        await foreach (var row in AssignmentsAsync(userId, cancellationToken))
        {
            if ((row["PermissionSet"] as JsonObject)?.Text("Name") is { } name)
                found.Add(name);
        }

        return found;
    }

    private IAsyncEnumerable<JsonObject> AssignmentsAsync(string userId, CancellationToken cancellationToken) => api.QueryAsync(
        "SELECT Id, PermissionSetId, PermissionSet.Name FROM PermissionSetAssignment "
        + $"WHERE AssigneeId = {Soql.Quote(userId)} AND PermissionSet.IsOwnedByProfile = false AND PermissionSetGroupId = null",
        cancellationToken);

    /// <summary>Every record that failed for another reason than those is a failure of the whole.</summary>
    private void Demand(IReadOnlyList<RecordResult> results, params string[] harmless)
    {
        if (results.FirstOrDefault(result => result.Error is { } error && !harmless.Contains(error.Code))?.Error is { } failed)
            throw api.Failure(failed);
    }
}
