using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Inbound;
using Provisioning.Xacml;

namespace Provisioning.Host.Admin;

/// <summary>
/// <c>/api/admin/explain</c>: why a user has an account or has none. Every binding of the user is decided as it would be now, with the trace of
/// the policies; nothing is stored.
/// </summary>
internal static class ExplainEndpoints
{
    // As when somebody is decided about without being new.
    private const string Operation = "update";

    public static void Map(IEndpointRouteBuilder admin) => admin.MapGet("/explain", ExplainAsync);

    private static async Task<IResult> ExplainAsync(
        string user, string? identityProvider, IUserStore users, ILedger ledger, IConfigurationSource configuration, BindingDecider decider, XacmlDecisionPoint policies,
        CancellationToken cancellationToken)
    {
        var current = configuration.Current;
        if (identityProvider is not null && current.FindIdentityProvider(identityProvider) is null)
            return ScimResults.Error(404, null, $"there is no identity provider '{identityProvider}'");
        if (await users.FindUserByNameAsync(user, cancellationToken) is not { } person)
            return ScimResults.Error(404, null, $"there is no user '{user}'");

        IReadOnlyList<string> groups = [.. (await users.GroupsOfAsync(person.Id, cancellationToken)).Select(x => x.DisplayName)];
        var assignments = await ledger.AssignmentsOfAsync(ResourceType.User, person.Id, cancellationToken);
        var bindings = person.ServiceProviders.Select(current.FindServiceProvider).OfType<ServiceProvider>()
            .SelectMany(provider => Explain(person, groups, provider, identityProvider, current, decider, policies));
        return AdminEndpoints.Json(new JsonObject
        {
            ["id"] = person.Id,
            ["userName"] = person.UserName,
            ["active"] = person.Active,
            ["serviceProviders"] = Names(person.ServiceProviders),
            ["roles"] = Names(UserRoles.Of(person)),
            ["groups"] = Names(groups),
            ["bindings"] = new JsonArray([.. bindings]),
            ["assignments"] = new JsonArray([.. assignments.Where(x => identityProvider is null || x.IdentityProvider == identityProvider).Select(OutcomeJson.Of)]),
        });
    }

    private static IEnumerable<JsonObject> Explain(
        User user, IReadOnlyList<string> groups, ServiceProvider provider, string? only, ProvisioningConfiguration current, BindingDecider decider, XacmlDecisionPoint policies)
    {
        // Of this service provider alone: another one may grant the same account.
        var decisions = decider.Decide(user with { ServiceProviders = [provider.Name] }, groups, current, Operation);
        foreach (var (name, decision) in decisions.Where(x => only is null || x.Key == only))
        {
            var json = Json(name, decision);
            if (decision.Answer is not null)
                json["trace"] = Trace(new AccessFacts(user, groups, provider, current.FindIdentityProvider(name)!, Operation), policies);
            yield return json;
        }
    }

    private static JsonObject Json(string identityProvider, BindingDecision decision) => new()
    {
        ["serviceProvider"] = decision.ServiceProvider,
        ["identityProvider"] = identityProvider,
        ["blocking"] = decision.Binding?.Blocking,
        ["jit"] = decision.Binding?.Jit,
        ["rules"] = decision.Binding?.Rules,
        ["decision"] = decision.Assigned switch { true => "granted", false => "refused", null => "undecided" },
        ["reason"] = decision.Reason,
        ["verdict"] = decision.Answer is { } answer ? JsonNamingPolicy.CamelCase.ConvertName(answer.Verdict.ToString()) : null,
        ["policyRevision"] = decision.Answer is { } by ? PolicyRevision.Short(by.Revision) : null,
        ["policies"] = Names(decision.Answer?.Policies ?? []),
        ["obligations"] = Names(decision.Answer?.Obligations.Select(x => x.Id) ?? []),
    };

    private static string Trace(AccessFacts facts, XacmlDecisionPoint policies)
    {
        var trace = new EvaluationTrace();
        policies.Decide(facts, trace);
        return trace.Render();
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(x => JsonValue.Create(x))]);
}
