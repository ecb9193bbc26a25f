using System.Text.Json.Nodes;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Api;
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
            return ErrorForm.Problem(404, $"there is no identity provider '{identityProvider}'");
        if (await users.FindUserByNameAsync(user, cancellationToken) is not { } person)
            return ErrorForm.Problem(404, $"there is no user '{user}'");

        var groups = await users.GroupsOfAsync(person.Id, cancellationToken);
        var assignments = await ledger.AssignmentsOfAsync(ResourceType.User, person.Id, cancellationToken);
        var bindings = decider.Decide(person, groups, current, Operation).Where(x => identityProvider is null || x.Key == identityProvider)
            .SelectMany(x => x.Value.Bindings.Select(decision => Explain(person, groups, x.Key, decision, current, policies)));
        var whole = Authority.Whole(person, current);
        return AdminEndpoints.Json(new JsonObject
        {
            ["id"] = person.Id,
            ["userName"] = person.UserName,
            ["active"] = whole.Active,
            ["serviceProviders"] = Names(person.Registrations.Select(x => x.ServiceProvider)),
            ["roles"] = Names(UserRoles.Of(whole.Attributes)),
            ["groups"] = Names(groups.Select(x => x.DisplayName)),
            ["bindings"] = new JsonArray([.. bindings]),
            ["assignments"] = new JsonArray([.. assignments.Where(x => identityProvider is null || x.IdentityProvider == identityProvider).Select(OutcomeJson.Of)]),
        });
    }

    private static JsonObject Explain(
        User user, IReadOnlyList<GroupReference> groups, string identityProvider, BindingDecision decision, ProvisioningConfiguration current, XacmlDecisionPoint policies)
    {
        var json = Json(identityProvider, decision);
        if (decision.Answer is null)
            return json;
        var name = decision.ServiceProvider;
        var (view, counting) = (Authority.For(user, name, current), Authority.GroupsFor(groups, name, current));
        json["trace"] = Trace(new AccessFacts(view, counting, current.FindServiceProvider(name)!, current.FindIdentityProvider(identityProvider)!, Operation), policies);
        return json;
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
