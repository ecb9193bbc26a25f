using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>Which identity providers want a group, and how it should look there.</summary>
public sealed class GroupPlanner(TimeProvider time)
{
    /// <param name="delete">The group is going away.</param>
    public IReadOnlyList<AssignmentPlan> Plan(Group group, IReadOnlyList<Assignment> existing, ProvisioningConfiguration configuration, bool delete)
    {
        var plans = new List<AssignmentPlan>();
        foreach (var provider in configuration.IdentityProviders)
        {
            var wanted = !delete && Wants(provider, group, configuration);
            if (!wanted && existing.All(x => x.IdentityProvider != provider.Name))
                continue;
            plans.Add(Build(provider.Name, group, wanted ? DesiredState.Present : DesiredState.Absent));
        }

        // Of identity providers that are away: what they never had must not be made when they come back.
        if (delete)
            plans.AddRange(existing
                .Where(x => x is { IsUntouched: true, Desired: DesiredState.Present } && configuration.FindIdentityProvider(x.IdentityProvider) is null)
                .Select(x => Build(x.IdentityProvider, group, DesiredState.Absent)));
        return plans;
    }

    /// <summary>For a group that was deleted when nobody planned this.</summary>
    public IReadOnlyList<AssignmentPlan> PlanDeletion(Assignment leftBehind, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(leftBehind);
        var group = new Group(
            leftBehind.ResourceId, leftBehind.ResourceName, [], [], leftBehind.ServiceProvider ?? "", AssignmentPlan.NoVersion, leftBehind.Modified, leftBehind.Modified);
        return Plan(group, [leftBehind], configuration, delete: true);
    }

    private AssignmentPlan Build(string identityProvider, Group group, DesiredState desired) => new(
        identityProvider, ResourceType.Group, group.Id, group.DisplayName, group.ServiceProvider,
        desired, Attributes(group), time.GetUtcNow(), null)
    {
        ResourceVersion = group.Version,
    };

    /// <summary>Whether a group is provisioned to an identity provider.</summary>
    public static bool Wants(IdentityProvider provider, GroupHead group, ProvisioningConfiguration configuration) =>
        provider.Groups.Any(x => x == "*" || string.Equals(x, group.DisplayName, StringComparison.OrdinalIgnoreCase))
        && configuration.FindServiceProvider(group.ServiceProvider)?.BindingTo(provider.Name) is not null;

    private static JsonObject Attributes(Group group) => new()
    {
        ["displayName"] = group.DisplayName,
        ["members"] = new JsonArray([.. group.AllMembers.Order(StringComparer.Ordinal).Select(x => JsonValue.Create(x))]),
    };
}
