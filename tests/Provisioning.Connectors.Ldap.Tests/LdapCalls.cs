using System.DirectoryServices.Protocols;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>Calls with the facts that a test does not care about.</summary>
internal static class LdapCalls
{
    public static OperationContext Context { get; } = new("op", 1, DateTimeOffset.MaxValue, _ => { });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static NewAccount Person(string name, params (string Name, JsonNode? Value)[] more)
    {
        var attributes = new JsonObject { ["userName"] = name, ["cn"] = name, ["sn"] = "Person" };
        foreach (var (key, value) in more)
            attributes[key] = value;
        return new NewAccount(Guid.NewGuid().ToString("N"), attributes);
    }

    public static string Unique(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    public static Task<Account> CreateAsync(this LdapConnector connector, NewAccount account) => connector.CreateAsync(account, Context, Token);

    public static async Task<IReadOnlyList<MatchedAccount>> FindAsync(this LdapConnector connector, string name, string marker = "") =>
        await connector.FindAsync(ResourceType.User, new MatchKey(marker, name), Context, Token);

    public static async Task<Account> ReadAsync(this LdapConnector connector, NewAccount account) =>
        Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey(account.OwnershipMarker, ""), Context, Token)).Account;

    public static Task ChangeAsync(this LdapConnector connector, string id, NewAccount account, string attribute, JsonNode? value)
    {
        var desired = account.Attributes.DeepClone().AsObject();
        desired[attribute] = value?.DeepClone();
        return connector.UpdateAsync(id, new AccountDelta([new AttributeChange(attribute, null, value)], desired), Context, Token);
    }

    public static async Task<ConnectorException> FailsAsync(FailureKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<ConnectorException>(call);
        Assert.True(kind == failure.Kind, $"{failure.Kind}: {failure.Message}");
        return failure;
    }

    /// <summary>An entry as the administrator sees it.</summary>
    public static SearchResultEntry Entry(this Slapd slapd, string filter, params string[] attributes)
    {
        using var admin = slapd.Connect();
        var answer = (SearchResponse)admin.SendRequest(new SearchRequest("dc=example,dc=com", filter, SearchScope.Subtree, attributes));
        return Assert.Single(answer.Entries.Cast<SearchResultEntry>());
    }

    public static bool CanSignOn(this Slapd slapd, string dn, string password)
    {
        try
        {
            slapd.Connect(dn, password).Dispose();
            return true;
        }
        catch (LdapException e) when (e.ErrorCode == 49)
        {
            return false;
        }
    }
}
