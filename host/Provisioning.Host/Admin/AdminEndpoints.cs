using System.Text.Json.Nodes;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;
using Provisioning.Core.Users;
using Provisioning.Host.Api;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Host.Inbound;
using Provisioning.Host.Replanning;
using Provisioning.Host.Security;
using Provisioning.Plugins;
using Provisioning.Scim;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Admin;

/// <summary><c>/api/admin</c>: what the command line asks the running host. Only for the host's own token.</summary>
internal static class AdminEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").ForResident().AddEndpointFilter<LargeBodies>();
        admin.MapGet("/status", StatusAsync);
        NodeEndpoints.Map(admin);
        PlanEndpoints.Map(admin);
        ParkedEndpoints.Map(admin);
        TargetEndpoints.Map(admin);
        ReconciliationEndpoints.Map(admin);
        ExplainEndpoints.Map(admin);
        ImportEndpoints.Map(admin);
        admin.MapGet("/assignments", ListAsync);
        admin.MapGet("/assignments/{id}", ShowAsync);
        admin.MapPost("/assignments/{id}/park", ParkAsync);
        admin.MapPost("/assignments/{id}/retry", RetryAsync);
        admin.MapPost("/service-providers/{name}/users", ImportAsync);
    }

    private static async Task<IResult> StatusAsync(
        ILedger ledger, ConfigurationFolder configuration, PolicyFolder policies, PolicyWarnings policyWarnings, PluginCatalog plugins, HeldPlans held,
        DatabaseState database, DatabaseHistory history, CancellationToken cancellationToken)
    {
        var counts = await ledger.CountAsync(cancellationToken);
        return Json(new JsonObject
        {
            ["configuration"] = new JsonObject
            {
                ["revision"] = configuration.Current.Revision, ["problems"] = Lines(configuration.Problems), ["warnings"] = Lines(configuration.Warnings),
            },
            ["policies"] = new JsonObject
            {
                ["revision"] = PolicyRevision.Short(policies.Current.Revision), ["problems"] = Lines(policies.Problems), ["warnings"] = Lines(policyWarnings.Current),
            },
            ["database"] = new JsonObject { ["problems"] = Lines(new[] { database.Problem, history.Problem }.OfType<string>()) },
            ["plugins"] = new JsonArray([.. plugins.Plugins.Select(x => new JsonObject
            {
                ["id"] = x.Id, ["folder"] = x.Folder, ["version"] = x.Version, ["state"] = JsonNamingPolicy.CamelCase.ConvertName(x.State.ToString()), ["reason"] = x.Reason,
                ["connectors"] = new JsonArray([.. x.Connectors.Select(c => JsonValue.Create(c))]),
            })]),
            ["heldPlans"] = held.All.Count(x => x.State == HeldPlanState.Held),
            ["assignments"] = new JsonArray([.. counts.Select(x => new JsonObject
            {
                ["identityProvider"] = x.IdentityProvider, ["status"] = x.Status.ToString(), ["count"] = x.Count,
            })]),
        });
    }

    private static async Task<IResult> ListAsync(
        ILedger ledger, IUserStore users, ITargetStore targets, TimeProvider time,
        string? identityProvider, string? status, string? resource, string? after, int? max, CancellationToken cancellationToken)
    {
        var query = new AssignmentQuery(null, identityProvider, Status(status), resource, after, Math.Clamp(max ?? 100, 1, 1000));
        var found = await ledger.ListAssignmentsAsync(query, cancellationToken);

        // Having no account and not being there are two answers.
        if (found.Count == 0 && resource is not null && !await IsKnownAsync(resource, ledger, users, cancellationToken))
            return ErrorForm.Problem(404, $"there is no user or group '{resource}'");
        var causes = await WaitingCauses.ReadAsync(targets, time, cancellationToken);
        return Json(new JsonArray([.. found.Select(x => causes.AddTo(OutcomeJson.Of(x), x))]));
    }

    // Somebody who was deleted may have left assignments behind.
    private static async Task<bool> IsKnownAsync(string resource, ILedger ledger, IUserStore users, CancellationToken cancellationToken) =>
        await users.FindUserByNameAsync(resource, cancellationToken) is not null
        || (await users.ListGroupsByNameAsync(null, resource, cancellationToken)).Count > 0
        || (await ledger.ListAssignmentsAsync(new AssignmentQuery(ResourceName: resource, Max: 1), cancellationToken)).Count > 0;

    private static async Task<IResult> ShowAsync(string id, ILedger ledger, ITargetStore targets, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await AssignmentIds.FindAsync(ledger, id, cancellationToken) is not { } assignment)
            return NotFound(id);
        var json = (await WaitingCauses.ReadAsync(targets, time, cancellationToken)).AddTo(OutcomeJson.Of(assignment), assignment);
        json["decision"] = assignment.Decision is { } decision ? JsonNode.Parse(decision) : null;
        json["desiredAttributes"] = assignment.DesiredAttributes?.DeepClone();

        // After a change whose effect is unknown, or that was refused, what is kept is no more than what may be there.
        json["uncertain"] = assignment.Uncertain;
        json["appliedAttributes"] = assignment.Uncertain ? null : assignment.AppliedAttributes?.DeepClone();
        json["possibleAttributes"] = assignment.Uncertain ? assignment.AppliedAttributes?.DeepClone() : null;
        json["history"] = new JsonArray([.. (await ledger.AttemptsOfAsync(assignment.Id, 50, cancellationToken)).Select(x => new JsonObject
        {
            ["started"] = x.Started.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["milliseconds"] = Math.Round(x.Took.TotalMilliseconds, 1),
            ["operations"] = x.Operations,
            ["failure"] = x.Failure?.ToString(),
            ["message"] = x.Message,
        })]);
        return Json(json);
    }

    private static async Task<IResult> ParkAsync(string id, ILedger ledger, IAuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await AssignmentIds.FindAsync(ledger, id, cancellationToken) is not { } assignment
            || !await ledger.ParkAsync(assignment.Id, "parked by hand", time.GetUtcNow(), cancellationToken))
            return NotFound(id);
        await audit.WriteAsync(ConfigurationLoader.Resident, "park", assignment.Id, null, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RetryAsync(
        string id, ILedger ledger, IAuditTrail audit, IWakeUp wakeUp, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await AssignmentIds.FindAsync(ledger, id, cancellationToken) is not { } assignment)
            return NotFound(id);
        var count = await ledger.RetryAsync([assignment.Id], time.GetUtcNow(), cancellationToken);
        await audit.WriteAsync(ConfigurationLoader.Resident, "retry", assignment.Id, $"{count} assignments", cancellationToken);
        wakeUp.Wake(assignment.IdentityProvider);
        return Json(new JsonObject { ["retried"] = count });
    }

    private static async Task<IResult> ImportAsync(
        string name, HttpContext http, UserWriter writer, ConfigurationFolder configuration, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindServiceProvider(name) is not { } provider)
            return ErrorForm.Problem(404, $"there is no service provider '{name}'");
        var attributes = writer.Read(await ScimBody.ReadAsync(http.Request, cancellationToken));
        var result = (await writer.UpsertAsync(attributes, new Occasion(Trigger.Import, provider), cancellationToken)).Submission;
        return Json(new JsonObject { ["id"] = result.User.Id, ["assignments"] = OutcomeJson.Of(result.Outcomes) });
    }

    private static AssignmentStatus? Status(string? text)
    {
        if (text is null)
            return null;
        return Enum.TryParse<AssignmentStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : throw new RequestException(400, $"'status' is '{text}'; it must be pending, done, parked, detached or discarded");
    }

    private static JsonArray Lines<T>(IEnumerable<T> problems) => new([.. problems.Select(x => JsonValue.Create(x!.ToString()))]);

    internal static IResult NotFound(string id) => ErrorForm.Problem(404, $"there is no assignment '{id}'");

    internal static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");
}
