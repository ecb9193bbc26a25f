using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Rest;

/// <summary>Finding, creating, changing and deleting objects of one kind.</summary>
internal sealed class RestObjects(string name, RestObjectSettings settings, RestCaller caller, int pageSize)
{
    public RestReader Reader { get; } = new(settings.Object);

    public RestPages Pages { get; } = new(caller, pageSize);

    public async Task<IReadOnlyList<MatchedAccount>> FindAsync(MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        var found = new List<MatchedAccount>();
        if (key.OwnershipMarker.Length > 0)
            await FindAsync(found, settings.FindByMarker, key, context, cancellationToken);
        if (key.Name.Length > 0)
            await FindAsync(found, settings.FindByName, key, context, cancellationToken);
        return [.. found.DistinctBy(match => match.Account.Id)];
    }

    public IAsyncEnumerable<JsonNode?> ListAsync(OperationContext context, CancellationToken cancellationToken) =>
        Pages.ReadAsync(Require(settings.List, "list"), [], context, cancellationToken);

    public async Task<Account> CreateAsync(NewAccount account, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var operation = Require(settings.Create, "create");
        var values = Names.Of(account.Attributes);
        (values[Names.Marker], values[Names.Enabled]) = (account.OwnershipMarker, account.Enabled);
        values[Names.Members] = new JsonArray([.. members.Select(member => JsonValue.Create(member))]);
        // Made at the moment of use, so that it is in no ledger and no mapping.
        var password = RestCheck.Names(operation).Contains(Names.RandomPassword) ? RandomPassword.Make().Reveal() : null;
        if (password is not null)
            values[Names.RandomPassword] = password;
        var answer = await caller.SendAsync(operation, values, context, cancellationToken, creates: true, password);
        var node = JsonPath.Find(RestAnswers.Document(answer), operation.Items);
        if (Reader.CreatedId(operation, answer) is { } id)
            return Reader.TryRead(node) is { } read ? read with { Id = id } : new Account(id, []);

        // Whoever created it must know its id; if the answer does not tell, it can only be looked for.
        var marker = account.OwnershipMarker;
        var found = settings.FindByMarker is null ? [] : await FindAsync(new MatchKey(marker, ""), context, cancellationToken);
        return found.Count == 1
            ? found[0].Account
            : throw new ConnectorException(FailureKind.Ambiguous, $"the answer to '{name}.create' has no id; check 'object.id' or 'idFrom'");
    }

    public async Task<Account?> UpdateAsync(string id, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var values = Names.Of(delta.Desired);
        (values[Names.Id], values[Names.Changes], values[Names.Marker]) = (id, Names.ChangesOf(delta), delta.Marker ?? delta.OwnershipMarker);
        if (delta.Enabled is { } enabled)
            values[Names.Enabled] = enabled;
        var operation = Require(settings.Update, "update");
        var answer = await caller.SendAsync(operation, values, context, cancellationToken);
        return Reader.TryRead(JsonPath.Find(RestAnswers.Document(answer), operation.Items));
    }

    /// <summary>Whether an update has to be sent: something changes, or a marker that the update itself writes.</summary>
    public bool IsUpdate(AccountDelta delta) => delta.Changes.Count > 0 || (delta.Marker is not null && UpdateWritesMarker);

    /// <summary>Writes the ownership marker of an object that is adopted, where the update does not.</summary>
    public async Task MarkAsync(string id, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        if (delta.Marker is not { } marker || UpdateWritesMarker)
            return;
        if (settings.SetMarker is { } operation)
            await RunAsync(operation, "setMarker", new JsonObject { [Names.Id] = id, [Names.Marker] = marker }, context, cancellationToken);
        else
            context.Log($"the ownership marker is not written: '{name}.update' has no $marker, and there is no operation '{name}.setMarker'");
    }

    /// <summary>Sends an operation on one object.</summary>
    public async Task RunAsync(
        RestOperation? operation, string setting, JsonObject values, OperationContext context, CancellationToken cancellationToken, string? secret = null) =>
        await caller.SendAsync(Require(operation, setting), values, context, cancellationToken, secret: secret);

    public async Task DeleteAsync(string id, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(settings.Delete, "delete", new JsonObject { [Names.Id] = id }, context, cancellationToken);
        }
        catch (ConnectorException e) when (e.Kind == FailureKind.Gone)
        {
            // As it should be.
        }
    }

    public RestOperation Require(RestOperation? operation, string setting) =>
        operation ?? throw new ConnectorException(FailureKind.Rejected, $"there is no operation '{name}.{setting}' in the settings");

    private bool UpdateWritesMarker => settings.Update is { } update && RestCheck.Names(update).Contains(Names.Marker);

    private async Task FindAsync(
        List<MatchedAccount> found, RestOperation? operation, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        if (operation is null)
            return;
        var values = new JsonObject { [Names.Marker] = key.OwnershipMarker, [Names.Name] = key.Name };
        // The path names the object that is looked for, so that 404 says there is none. Where a list is asked for, its address would be wrong.
        if (operation.Items is null)
            values[Names.Id] = "";
        try
        {
            var answer = await caller.SendAsync(operation, values, context, cancellationToken);
            found.AddRange(RestReader.Items(operation, answer).Select(node => new MatchedAccount(Reader.Read(node), Reader.Ownership(node, key))));
        }
        catch (ConnectorException e) when (e.Kind == FailureKind.Gone)
        {
            // No object at this address.
        }
    }
}
