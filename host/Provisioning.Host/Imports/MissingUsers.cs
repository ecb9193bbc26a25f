using System.Text.Json.Nodes;
using Provisioning.Core.Configuration;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Host.Inbound;

namespace Provisioning.Host.Imports;

/// <summary>What becomes of the users of a service provider who are not in its file any more.</summary>
internal sealed class MissingUsers(IUserStore users, UserWriter writer, IConfigurationSource configuration)
{
    /// <summary>One part of a service provider's users, in the order of their names.</summary>
    public async Task<JsonArray> ListAsync(string serviceProvider, string? after, int max, CancellationToken cancellationToken) =>
        new([.. (await users.ListRegisteredAsync(serviceProvider, after, max, cancellationToken)).Select(x =>
        {
            var registration = x.RegistrationAt(serviceProvider)!;
            return new JsonObject { ["id"] = x.Id, ["userName"] = registration.UserName, ["active"] = registration.Active, ["wasInFile"] = registration.Origin == RegistrationOrigin.Imported };
        })]);

    /// <summary>Deactivates or deletes one of them. The guards of the identity providers count it as any other loss.</summary>
    /// <returns>False if there was nothing to do.</returns>
    public async Task<bool> RemoveAsync(string id, ServiceProvider provider, bool delete, CancellationToken cancellationToken)
    {
        var caller = new Caller(provider, configuration.Current);
        if (await users.FindUserAsync(id, cancellationToken) is not { } user || user.RegistrationAt(provider.Name) is not { } registration)
            return false;
        if (delete)
        {
            await writer.EndAsync(id, caller, cancellationToken);
            return true;
        }

        if (!registration.Active)
            return false;
        var attributes = new JsonObject { ["userName"] = registration.UserName, ["active"] = false };
        await writer.ImportAsync(attributes, new Occasion(Trigger.Import, provider), cancellationToken);
        return true;
    }
}
