using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Finding users, bringing deleted ones back, aliases.</summary>
internal sealed partial class GoogleConnector
{
    private async Task<IReadOnlyList<MatchedAccount>> FindUsersAsync(MatchKey key, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString($"externalId={Quote(key.OwnershipMarker)}");
        var matches = new List<MatchedAccount>();
        await foreach (var user in api.PagesAsync($"users?{Customer}&query={query}&maxResults=10&{Full}", "users", isItem: false, cancellationToken))
            Add(matches, user, key, onlyOurs: true);
        if (matches.Count > 0)
            return matches;

        // The search lags behind by minutes; reading by address does not.
        var email = key.Attributes?.Text("primaryEmail") ?? key.Name;
        if (await ReadByAddressAsync(email, cancellationToken) is { } found)
        {
            // An alias leads to the user who has it, and that is somebody else.
            var another = !email.Equals(found.Text("primaryEmail"), StringComparison.OrdinalIgnoreCase);
            Add(matches, found, key, onlyOurs: another);
        }

        return matches;
    }

    private async Task<JsonObject?> ReadByAddressAsync(string email, CancellationToken cancellationToken)
    {
        if (!email.Contains('@'))
            return null;
        try
        {
            return await api.FindAsync($"{User(email)}?{Full}", cancellationToken);
        }
        catch (ConnectorException failure) when (GoogleFailure.Is(failure, 403, "forbidden"))
        {
            // The search before was allowed, so this is an address in a domain of somebody else.
            return null;
        }
    }

    private static void Add(List<MatchedAccount> matches, JsonObject user, MatchKey key, bool onlyOurs)
    {
        if (UserBody.Read(user) is not { } account)
            return;
        var ownership = OwnershipMark.Judge(OwnershipMark.ReadUser(user), key.OwnershipMarker);
        if (ownership == AccountOwnership.Ours || !onlyOurs)
            matches.Add(new MatchedAccount(account, ownership));
    }

    /// <summary>
    /// The same person coming back within 20 days gets the same account back. Only by our marker: a mailbox must not pass to
    /// another person who is given the address.
    /// </summary>
    private async Task<Account?> RestoreAsync(NewAccount wanted, JsonObject body, OperationContext context, CancellationToken cancellationToken)
    {
        await foreach (var user in api.PagesAsync($"users?{Customer}&showDeleted=true&maxResults=500&{Full}", "users", isItem: false, cancellationToken))
        {
            if (OwnershipMark.ReadUser(user) != wanted.OwnershipMarker || user.Text("id") is not { } id)
                continue;
            context.Log($"user '{id}' was deleted less than 20 days ago and is restored");
            await api.UndeleteAsync(id, body.Text("orgUnitPath") ?? "/", cancellationToken);
            recent.Add(id);
            body.Remove("password");
            body["suspended"] = !wanted.Enabled;
            var restored = UserBody.Read(await PatchAsync(id, body, cancellationToken));
            await ReplaceAliasesAsync(id, JsonText.Texts(wanted.Attributes[UserBody.Aliases]), cancellationToken);
            return restored;
        }

        return null;
    }

    private async Task AddFirstAliasesAsync(string id, NewAccount account, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var alias in JsonText.Texts(account.Attributes[UserBody.Aliases]))
                await AddAliasAsync(id, alias, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            throw HttpFailure.PartlyDone("the user was created, but not all aliases were added", failure);
        }
    }

    private async Task ReplaceAliasesAsync(string id, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var user = await recent.SettledAsync(id, () => api.GetAsync($"{User(id)}?fields=id,aliases", cancellationToken, isItem: true));
        var present = JsonText.Texts(user[UserBody.Aliases]);
        foreach (var alias in wanted.Except(present, StringComparer.OrdinalIgnoreCase))
            await AddAliasAsync(id, alias, cancellationToken);
        foreach (var alias in present.Except(wanted, StringComparer.OrdinalIgnoreCase))
            await api.DeleteAsync($"{User(id)}/aliases/{Addresses.Segment(alias)}", cancellationToken);
    }

    private async Task AddAliasAsync(string id, string alias, CancellationToken cancellationToken) =>
        await recent.SettledAsync(id, () => api.PostAsync($"{User(id)}/aliases", new JsonObject { ["alias"] = alias }, cancellationToken));

    /// <summary>External ids are written as a whole: the ids of others stay when only our mark changes, and the mark stays when only the others change.</summary>
    private async Task KeepMarkAsync(JsonObject patch, string id, AccountDelta delta, CancellationToken cancellationToken)
    {
        var wanted = patch["externalIds"] as JsonArray;
        if (wanted is null && delta.Marker is null)
            return;
        var user = await recent.SettledAsync(id, () => api.GetAsync($"{User(id)}?fields=id,externalIds", cancellationToken, isItem: true));
        if (wanted is null)
            patch["externalIds"] = wanted = new JsonArray([.. user.Objects("externalIds").Where(entry => !OwnershipMark.IsMark(entry)).Select(entry => entry.DeepClone())]);
        if ((delta.Marker ?? OwnershipMark.ReadUser(user)) is { } marker)
            wanted.Add((JsonNode)OwnershipMark.ForUser(marker));
    }

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
