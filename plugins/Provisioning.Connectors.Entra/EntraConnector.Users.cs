using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Finding users, their managers and licences.</summary>
internal sealed partial class EntraConnector
{
    private async Task<IReadOnlyList<MatchedAccount>> FindUsersAsync(MatchKey key, CancellationToken cancellationToken)
    {
        var select = users.Select(key.Attributes);
        var filter = OData.Filter($"{users.MarkerPath} eq {OData.Quote(key.OwnershipMarker)}");
        var matches = new List<MatchedAccount>();
        await foreach (var user in api.PagesAsync($"users?{filter}&$count=true&{select}", isItem: false, eventual: true, cancellationToken))
            await AddAsync(matches, user, key, cancellationToken);
        if (matches.Count > 0)
            return matches;

        // The index lags behind; reading by name does not.
        var name = key.Attributes?.Text("userPrincipalName") ?? key.Name;
        // A name that begins with a dollar sign would be a function, so it is given as a key.
        var path = name.StartsWith('$') ? $"users({Uri.EscapeDataString(OData.Quote(name))})" : User(name);
        if (name.Contains('@') && await api.FindAsync($"{path}?{select}", cancellationToken) is { } found)
            await AddAsync(matches, found, key, cancellationToken);
        return matches;
    }

    private async Task AddAsync(List<MatchedAccount> matches, JsonObject user, MatchKey key, CancellationToken cancellationToken)
    {
        if (users.Read(user) is not { } account)
            return;
        if (key.Attributes?.ContainsKey(UserBody.Licences) == true)
        {
            var names = new JsonArray();
            foreach (var id in await DirectLicencesAsync(account.Id, cancellationToken))
                names.Add(await licences.NameAsync(id, cancellationToken));
            account.Attributes[UserBody.Licences] = names;
        }

        matches.Add(new MatchedAccount(account, users.Judge(user, key.OwnershipMarker)));
    }

    private async Task ReplaceManagerAsync(string id, JsonNode? manager, OperationContext context, CancellationToken cancellationToken)
    {
        if (manager is not null)
        {
            await SetManagerAsync(id, manager, context, cancellationToken);
            return;
        }

        try
        {
            await api.ChangeAsync(HttpMethod.Delete, $"{User(id)}/manager/$ref", null, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Without a manager there is nothing to remove, but without the user there is: this tells.
            await recent.SettledAsync(id, () => api.GetAsync($"{User(id)}?$select=id", cancellationToken, isItem: true));
        }
    }

    private async Task SetManagerAsync(string id, JsonNode? manager, OperationContext context, CancellationToken cancellationToken)
    {
        if (manager is null)
            return;
        var body = new JsonObject { ["@odata.id"] = cloud.Reference(manager.ToString()) };
        try
        {
            await recent.SettledAsync(id, () => api.ChangeAsync(HttpMethod.Put, $"{User(id)}/manager/$ref", body, cancellationToken));
        }
        catch (ConnectorException failure) when (HttpFailure.HasStatus(failure, 404) && !recent.IsRecent(manager.ToString()))
        {
            // The user or the manager is gone: this tells. A manager who is not there is no reason to hold the user back.
            await recent.SettledAsync(id, () => api.GetAsync($"{User(id)}?$select=id", cancellationToken, isItem: true));
            context.Log($"'{UserBody.Manager}' is left out: no account has the id '{manager}'");
        }
    }

    /// <summary>Mapped, the licences are all that a user has directly; those that come with a group are left alone.</summary>
    private async Task SetLicencesAsync(string id, JsonNode? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null)
            return;
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in JsonText.Texts(wanted))
            ids.Add(await licences.IdAsync(name, cancellationToken));
        var present = await DirectLicencesAsync(id, cancellationToken);
        var add = ids.Except(present, StringComparer.OrdinalIgnoreCase)
            .Select(sku => (JsonNode)new JsonObject { ["skuId"] = sku, ["disabledPlans"] = new JsonArray() }).ToArray();
        var remove = present.Except(ids, StringComparer.OrdinalIgnoreCase).Select(sku => (JsonNode)sku).ToArray();
        if (add.Length + remove.Length == 0)
            return;
        var body = new JsonObject { ["addLicenses"] = new JsonArray(add), ["removeLicenses"] = new JsonArray(remove) };
        await recent.SettledAsync(id, () => api.ChangeAsync(HttpMethod.Post, $"{User(id)}/assignLicense", body, cancellationToken));
    }

    private async Task<IReadOnlyList<string>> DirectLicencesAsync(string id, CancellationToken cancellationToken)
    {
        var user = await recent.SettledAsync(id, () => api.GetAsync($"{User(id)}?$select=id,licenseAssignmentStates", cancellationToken, isItem: true));
        return
        [
            .. user.Objects("licenseAssignmentStates").Where(state => state.Text("assignedByGroup") is null)
                .Select(state => state.Text("skuId")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }
}
