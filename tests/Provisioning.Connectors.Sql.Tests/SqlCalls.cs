using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql.Tests;

/// <summary>Calls with the facts that a test does not care about.</summary>
internal static class SqlCalls
{
    public static OperationContext Context { get; } = new("op", 1, DateTimeOffset.MaxValue, _ => { });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static NewAccount Person(string name, params (string Name, JsonNode? Value)[] more)
    {
        var attributes = new JsonObject { ["userName"] = name, ["displayName"] = name };
        foreach (var (key, value) in more)
            attributes[key] = value;
        return new NewAccount(Guid.NewGuid().ToString("N"), attributes);
    }

    public static Task<Account> CreateAsync(this SqlConnector connector, NewAccount account) => connector.CreateAsync(account, Context, Token);

    public static Task<Account?> ChangeAsync(this SqlConnector connector, string id, NewAccount account, string attribute, JsonNode? value)
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
}
