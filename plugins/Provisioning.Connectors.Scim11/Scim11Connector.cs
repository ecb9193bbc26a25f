using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Scim;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>Speaks SCIM 1.1 to one target. The host's names are those of 2.0; see <see cref="Vocabulary"/>.</summary>
internal sealed partial class Scim11Connector(Scim11Settings settings, Scim11Transport transport, TimeProvider time)
    : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts, IListAccounts, IManageGroups,
        IListMembers, ISetPasswords, IDescribeSchema, ITestConnection
{
    // Somebody else writes the same object at the same moment: more often than this is no coincidence.
    private const int MostMerges = 3;

    // Targets of all kinds take this length, and not all take more.
    private const int ShortPassword = 28;

    private readonly Features _features = new(settings, transport, time);
    private volatile bool _markerIsSearchable = true;

    public bool NamesAreUnique => true;

    public async Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        if (_markerIsSearchable)
        {
            try
            {
                var owned = await SearchAsync(type, "externalId", key.OwnershipMarker, StringComparison.Ordinal, key, context, cancellationToken);
                if (owned.Count > 0)
                    return owned;
            }
            catch (ConnectorException refused) when (HttpFailure.HasStatus(refused, 400, 501))
            {
                context.Log("the target cannot search by externalId; searching by name only");
                _markerIsSearchable = false;
            }
        }

        var attribute = type == ResourceType.User ? "userName" : "displayName";
        return await SearchAsync(type, attribute, key.Name, StringComparison.OrdinalIgnoreCase, key, context, cancellationToken);
    }

    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var body = WholeResource.Create(account);
        body[ScimAttributes.ActualName(body, "active") ?? "active"] = account.Enabled;
        var password = settings.RandomPassword && ScimAttributes.Find(body, "password") is null ? RandomPassword.Make(ShortPassword).Reveal() : null;
        if (password is not null)
            body["password"] = password;
        return PostAsync(ResourceType.User, body, password, cancellationToken);
    }

    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        AttributeChange[] changes = [.. delta.Changes, .. Marker(delta), .. delta.Enabled is { } enabled ? (AttributeChange[])[Active(enabled)] : []];
        return AccessChange.KeepAsync(
            delta, () => ChangeAsync(Item(ResourceType.User, accountId), changes, null, context, cancellationToken),
            state => SetEnabledAsync(accountId, state, context, cancellationToken));
    }

    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) =>
        ChangeAsync(Item(ResourceType.User, accountId), [Active(enabled)], null, context, cancellationToken);

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        RemoveAsync(Item(ResourceType.User, accountId), cancellationToken);

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckGroups(type);
        await foreach (var resource in AllAsync(type, filter: "", cancellationToken))
            yield return Read(resource);
    }

    public async Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken)
    {
        if (!await _features.ChangesPasswordsAsync(context, cancellationToken))
            throw new ConnectorException(FailureKind.Rejected, "the target says that it takes no passwords");
        var text = password.Reveal();
        await ChangeAsync(Item(ResourceType.User, accountId), [new AttributeChange("password", null, text)], text, context, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        transport.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Collection(ResourceType type) => type == ResourceType.User ? "Users" : "Groups";

    private static string Item(ResourceType type, string id) => $"{Collection(type)}/{Addresses.Segment(id)}";

    /// <summary>The change that writes our marker; none when a mapping writes <c>externalId</c> itself, as at creation.</summary>
    private static IEnumerable<AttributeChange> Marker(AccountDelta? delta) =>
        delta is { Marker: { } marker } && ScimAttributes.Find(delta.Desired, "externalId") is null ? [new AttributeChange("externalId", null, marker)] : [];

    private static AttributeChange Active(bool enabled) => new("active", null, enabled);

    private static Account Read(JsonObject resource)
    {
        var id = ScimPage.Id(resource) ?? throw new ConnectorException(FailureKind.Transient, "the target answered with an object without an id");
        bool? enabled = bool.TryParse(ScimResource.Text(resource, "active"), out var active) ? active : null;
        return new Account(id, Vocabulary.FromTarget(resource), enabled)
        {
            OwnershipMarker = ScimResource.Text(resource, "externalId") is { Length: > 0 } marker ? marker : null,
        };
    }

    private void CheckGroups(ResourceType type)
    {
        if (type == ResourceType.Group && !settings.Groups)
            throw new ConnectorException(FailureKind.Rejected, "the target has no groups: leave 'groups' of the identity provider empty");
    }

    private async Task<Account> PostAsync(ResourceType type, JsonObject body, string? secret, CancellationToken cancellationToken)
    {
        var answer = await transport.PostAsync(Collection(type), body, secret, cancellationToken);
        return answer.Json is { } created && ScimPage.Id(created) is not null
            ? Read(created)
            : throw new ConnectorException(FailureKind.Ambiguous, $"HTTP {answer.Status}: the answer to a creation has no id");
    }

    private async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await transport.DeleteAsync(path, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Somebody was faster; the wish is fulfilled.
        }
    }

    private async Task<Account?> ChangeAsync(
        string path, AttributeChange[] changes, string? secret, OperationContext context, CancellationToken cancellationToken)
    {
        if (changes.Length == 0)
            return null;
        return await WriteAsync(
            path, PartialResource.From(changes), resource => WholeResource.Merge(resource, changes), secret, context, cancellationToken);
    }

    /// <summary>Sends a partial resource, or reads, merges and replaces where PATCH is not taken.</summary>
    private async Task<Account?> WriteAsync(
        string path, JsonObject partial, Action<JsonObject> merge, string? secret, OperationContext context, CancellationToken cancellationToken)
    {
        if (!await _features.PatchesAsync(context, cancellationToken))
            return await MergeAsync(path, merge, secret, cancellationToken);
        try
        {
            return Written(await transport.PatchAsync(path, partial, secret, cancellationToken));
        }
        catch (ConnectorException refused) when (HttpFailure.HasStatus(refused, 405, 501) && _features.TryWithoutPatch())
        {
            context.Log("the target refuses PATCH; replacing from now on");
            return await MergeAsync(path, merge, secret, cancellationToken);
        }
    }

    private async Task<Account?> MergeAsync(string path, Action<JsonObject> merge, string? secret, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            var (resource, version) = await ReadAsync(path, cancellationToken);
            merge(resource);
            ScimResource.Announce(resource);
            try
            {
                return Written(await transport.PutAsync(path, resource, version, secret, cancellationToken));
            }
            catch (ConnectorException outdated) when (round < MostMerges && HttpFailure.HasStatus(outdated, 412))
            {
                // The next round starts from what is there now.
            }
        }
    }

    private async Task<(JsonObject Resource, string? Version)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await transport.GetAsync(path, isItem: true, cancellationToken);
        var resource = answer.Json ?? throw new ConnectorException(FailureKind.Transient, "the answer to a read is not JSON");
        return (resource, answer.Headers.ETag?.ToString() ?? ScimResource.Version(resource));
    }

    private static Account? Written(HttpAnswer answer) => answer.Json is { } resource && ScimPage.Id(resource) is not null ? Read(resource) : null;
}
