using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Host.Api;
using Provisioning.Host.Configuration;
using Provisioning.Host.Inbound;
using Provisioning.Host.Replanning;
using Provisioning.Storage;

namespace Provisioning.Host.Admin;

/// <summary><c>/api/admin/plans</c>: what would be taken away, and whether it may.</summary>
internal static class PlanEndpoints
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/plans", ListAsync);
        admin.MapGet("/plans/{id}", ShowAsync);
        admin.MapPost("/plans/{id}/approve", (string id, HeldPlans held, Replanner replanner, ReplanSignal signal, IAuditTrail audit, CancellationToken ct) =>
            DecideAsync(id, HeldPlanState.Approved, held, replanner, signal, audit, ct));
        admin.MapPost("/plans/{id}/reject", (string id, HeldPlans held, Replanner replanner, ReplanSignal signal, IAuditTrail audit, CancellationToken ct) =>
            DecideAsync(id, HeldPlanState.Rejected, held, replanner, signal, audit, ct));
    }

    private static async Task<IResult> ListAsync(HeldPlans held, CancellationToken cancellationToken)
    {
        await held.RefreshAsync(cancellationToken);
        return AdminEndpoints.Json(new JsonArray([.. held.All.Select(Summary)]));
    }

    private static async Task<IResult> ShowAsync(string id, HeldPlans held, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, held, cancellationToken) is not { } plan)
            return NotFound(id);
        var json = Summary(plan);
        json["losses"] = new JsonArray([.. plan.Losses.Select(x => new JsonObject
        {
            ["resource"] = x.ResourceName, ["resourceId"] = x.ResourceId, ["becomes"] = x.Becomes, ["reason"] = x.Reason,
        })]);
        return AdminEndpoints.Json(json);
    }

    private static async Task<IResult> DecideAsync(
        string id, HeldPlanState decision, HeldPlans held, Replanner replanner, ReplanSignal signal, IAuditTrail audit, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, held, cancellationToken) is not { } plan)
            return NotFound(id);
        if (plan.State == HeldPlanState.Approved)
            return ErrorForm.Problem(409, $"plan '{id}' was approved already and is being carried out");
        if (!await held.PutAsync(plan with { State = decision }, cancellationToken))
            return ErrorForm.Problem(409, $"plan '{id}' changed at this moment; look at it again");
        var name = decision == HeldPlanState.Approved ? "approve-plan" : "reject-plan";
        await audit.WriteAsync(ConfigurationLoader.Resident, name, plan.IdentityProvider, $"{plan.Lost} of {plan.All} accounts, revision {plan.Revision}", cancellationToken);
        if (decision == HeldPlanState.Approved)
        {
            await replanner.ForgetAsync(plan.Revision, cancellationToken);
            signal.Raise();
        }

        return Results.NoContent();
    }

    private static async Task<HeldPlan?> FindAsync(string id, HeldPlans held, CancellationToken cancellationToken)
    {
        await held.RefreshAsync(cancellationToken);
        return held.All.FirstOrDefault(x => x.Id == id);
    }

    private static JsonObject Summary(HeldPlan plan) => new()
    {
        ["id"] = plan.Id,
        ["identityProvider"] = plan.IdentityProvider,
        ["state"] = JsonNamingPolicy.CamelCase.ConvertName(plan.State.ToString()),
        ["lost"] = plan.Lost,
        ["all"] = plan.All,
        ["revision"] = plan.Revision,
        ["created"] = plan.Created.ToString("O", CultureInfo.InvariantCulture),
    };

    private static IResult NotFound(string id) => ErrorForm.Problem(404, $"there is no plan '{id}'; 'provisioning plans list' shows those that wait");
}
