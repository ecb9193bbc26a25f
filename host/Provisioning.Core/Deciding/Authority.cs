using System.Text.Json.Nodes;
using Provisioning.Core.Configuration;
using Provisioning.Core.Users;

namespace Provisioning.Core.Deciding;

/// <summary>
/// Whose word counts: that of a service provider for its own bindings, that of a trusted one for everybody's. Where trusted ones disagree, precedence decides;
/// what they leave open the others fill.
/// </summary>
public static class Authority
{
    /// <summary>The user as a service provider's bindings are decided: what the trusted say, then what it says itself.</summary>
    public static UserView For(User user, string serviceProvider, ProvisioningConfiguration configuration) =>
        Account(user, [serviceProvider], configuration);

    /// <summary>The user as an account shows the user: what the trusted say, then what those say whose bindings grant the account, the oldest first.</summary>
    /// <param name="granting">Names of service providers.</param>
    public static UserView Account(User user, IReadOnlyCollection<string> granting, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(user);
        var ordered = Ordered(user, x => granting.Contains(x, StringComparer.Ordinal), configuration);
        return View(user, ordered, ordered.All(x => x.Active));
    }

    /// <summary>The whole user, as the trusted see the user: active as long as no trusted one says otherwise, and one of all does.</summary>
    public static UserView Whole(User user, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(user);
        var active = user.Registrations.Any(x => x.Active) && user.Registrations.All(x => x.Active || !IsTrusted(x.ServiceProvider, configuration));
        return View(user, Ordered(user, static _ => true, configuration), active);
    }

    public static bool IsTrusted(string serviceProvider, ProvisioningConfiguration configuration) =>
        configuration.FindServiceProvider(serviceProvider)?.Authority == AuthorityKind.Trusted;

    /// <summary>A trusted service provider says that the user is not active.</summary>
    public static bool IsInactiveEverywhere(User user, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Registrations.Any(x => !x.Active && IsTrusted(x.ServiceProvider, configuration));
    }

    /// <summary>
    /// The same user under the name that counts, and with whether service providers match people by it. Among equals the name stays while any of them uses it: an
    /// application that renames its user does not decide for whom the others' user is taken.
    /// </summary>
    public static User Named(User user, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(user);
        var named = Ordered(user, static _ => true, configuration).Where(x => x.UserName.Length > 0).ToList();
        if (named.Count == 0)
            return user;
        var key = CanonicalText.KeyOf(user.UserName);
        var giver = IsTrusted(named[0].ServiceProvider, configuration) ? named[0] : named.Find(x => CanonicalText.KeyOf(x.UserName) == key) ?? named[0];
        var isMatched = configuration.FindServiceProvider(giver.ServiceProvider) is not { } provider
            || provider.Authority == AuthorityKind.Trusted || provider.Match == MatchRule.UserName;
        return user with { UserName = giver.UserName, IsMatched = isMatched };
    }

    /// <summary>The groups of a user that count for the bindings of a service provider: its own, and those of the trusted.</summary>
    public static IReadOnlyList<string> GroupsFor(IReadOnlyList<GroupReference> groups, string serviceProvider, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.Count == 0
            ? []
            : [.. groups.Where(x => x.ServiceProvider == serviceProvider || IsTrusted(x.ServiceProvider, configuration)).Select(x => x.DisplayName).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static List<Registration> Ordered(User user, Func<string, bool> counts, ProvisioningConfiguration configuration)
    {
        var ordered = new List<Registration>(user.Registrations.Count);
        foreach (var trusted in configuration.Trusted)
        {
            if (user.RegistrationAt(trusted.Name) is { } registration)
                ordered.Add(registration);
        }

        ordered.AddRange(user.Registrations.Where(x => counts(x.ServiceProvider) && !IsTrusted(x.ServiceProvider, configuration)));
        return ordered;
    }

    private static bool Says(JsonObject attributes) => attributes["active"] is not JsonValue value || !value.TryGetValue<bool>(out var active) || active;

    private static UserView View(User user, List<Registration> ordered, bool active)
    {
        if (ordered.Count == 0)
            return new UserView(user.Id, new JsonObject { ["userName"] = user.UserName }, active);
        var attributes = AttributeFill.Together(ordered);
        if (active != Says(attributes))
        {
            attributes = ordered.Count == 1 ? attributes.DeepClone().AsObject() : attributes;
            attributes["active"] = active;
        }

        return new UserView(user.Id, attributes, active);
    }
}
