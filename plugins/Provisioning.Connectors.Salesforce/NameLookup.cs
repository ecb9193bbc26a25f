using System.Collections.Concurrent;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>The ids of profiles, roles and permission sets by name. They hardly ever change, so they are asked for once in a while.</summary>
internal sealed class NameLookup(SalesforceApi api, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Type, string Name), (string Id, DateTimeOffset At)> _known = new();

    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> when there is none, or more than one.</exception>
    public Task<string> ProfileAsync(string name, CancellationToken cancellationToken) =>
        FindAsync("Profile", "profile", name, $"Name = {Soql.Quote(name)}", cancellationToken);

    /// <inheritdoc cref="ProfileAsync" />
    public Task<string> RoleAsync(string name, CancellationToken cancellationToken) =>
        FindAsync("UserRole", "role", name, $"Name = {Soql.Quote(name)}", cancellationToken);

    /// <summary>By API name, such as <c>Sales_Cloud</c>.</summary>
    /// <inheritdoc cref="ProfileAsync" />
    public Task<string> PermissionSetAsync(string name, CancellationToken cancellationToken) =>
        FindAsync("PermissionSet", "permission set", name, $"Name = {Soql.Quote(name)} AND IsOwnedByProfile = false", cancellationToken);

    private async Task<string> FindAsync(string type, string words, string name, string condition, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((type, name), out var known) && time.GetUtcNow() - known.At < s_fresh)
            return known.Id;
        var ids = new List<string>();
        await foreach (var record in api.QueryAsync($"SELECT Id FROM {type} WHERE {condition} LIMIT 2", cancellationToken))
            ids.Add(record.Text("Id") ?? throw new ConnectorException(FailureKind.Transient, $"a {words} has no id"));
        if (ids is not [var id])
            throw new ConnectorException(FailureKind.Rejected, ids.Count == 0 ? $"there is no {words} '{name}'" : $"there is more than one {words} '{name}'");
        _known[(type, name)] = (id, time.GetUtcNow());
        return id;
    }
}
