using Provisioning.Connectors;

namespace Provisioning.Testing;

/// <summary>The operations of the page as calls.</summary>
internal static class FaultCalls
{
    /// <summary>Whether a class of connectors has an operation.</summary>
    public static bool Has(Type connector, string operation) => (operation switch
    {
        "create" => typeof(ICreateAccounts),
        "update" => typeof(IUpdateAccounts),
        "enable" or "disable" => typeof(IDisableAccounts),
        "password" => typeof(ISetPasswords),
        "delete" => typeof(IDeleteAccounts),
        "find" => typeof(IFindAccounts),
        _ => typeof(IListAccounts),
    }).IsAssignableFrom(connector);

    /// <summary>Runs the operation, and returns the ids that it showed.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync<TTarget>(FaultScene<TTarget> scene, CancellationToken token)
    {
        var (connector, id, context) = (scene.Connector, scene.Id, scene.Context);
        switch (scene.Operation)
        {
            case "create":
                return [(await ((ICreateAccounts)connector).CreateAsync(scene.New, context, token)).Id];
            case "find":
                return [.. (await ((IFindAccounts)connector).FindAsync(ResourceType.User, scene.Key, context, token)).Select(match => match.Account.Id)];
            case "list":
                return await ((IListAccounts)connector).ListAsync(ResourceType.User, context, token).Select(account => account.Id).ToListAsync(token);
            case "update":
                await ((IUpdateAccounts)connector).UpdateAsync(id, scene.Delta, context, token);
                break;
            case "password":
                await ((ISetPasswords)connector).SetPasswordAsync(id, scene.Password, context, token);
                break;
            case "delete":
                await ((IDeleteAccounts)connector).DeleteAsync(id, context, token);
                break;
            default:
                await ((IDisableAccounts)connector).SetEnabledAsync(id, scene.Operation == "enable", context, token);
                break;
        }

        return [];
    }
}
