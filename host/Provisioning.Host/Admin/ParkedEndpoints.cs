using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Api;
using Provisioning.Host.Configuration;
using Provisioning.Host.Inbound;
using Provisioning.Storage;

namespace Provisioning.Host.Admin;

/// <summary><c>/api/admin/parked</c>: what waits for somebody to act.</summary>
internal static class ParkedEndpoints
{
    private const int MostReason = 500;

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/parked", ListAsync);
        admin.MapGet("/parked/causes", CausesAsync);
        admin.MapPost("/parked/retry", RetryAsync);
        admin.MapPost("/parked/discard", DiscardAsync);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] ParkedSelection selection, string? after, int? max, ILedger ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = selection.Query(time) with { Status = AssignmentStatus.Parked, AfterId = after, Max = Math.Clamp(max ?? 100, 1, 1000) };
        return AdminEndpoints.Json(new JsonArray([.. (await ledger.ListAssignmentsAsync(query, cancellationToken)).Select(Json)]));
    }

    private static async Task<IResult> CausesAsync(string? identityProvider, ParkedWork parked, CancellationToken cancellationToken) =>
        AdminEndpoints.Json(new JsonArray([.. (await parked.CausesAsync(identityProvider, cancellationToken)).Select(x => new JsonObject
        {
            ["identityProvider"] = x.IdentityProvider, ["kind"] = Kind(x.Kind), ["cause"] = x.Cause, ["count"] = x.Count, ["example"] = x.Example,
        })]));

    private static async Task<IResult> RetryAsync(
        [AsParameters] ParkedSelection selection, ILedger ledger, ParkedWork parked, IAuditTrail audit, IWakeUp wakeUp, ConfigurationFolder configuration,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (await selection.ResolveAsync(ledger, time, cancellationToken) is not var (query, cause))
            return AdminEndpoints.NotFound(selection.Id!);
        var count = await parked.RetryAsync(query, cause, cancellationToken);
        await audit.WriteAsync(ConfigurationLoader.Resident, "retry-parked", selection.ToString(), $"{count} assignments", cancellationToken);
        foreach (var provider in configuration.Current.IdentityProviders)
            wakeUp.Wake(provider.Name);
        return AdminEndpoints.Json(new JsonObject { ["retried"] = count });
    }

    private static async Task<IResult> DiscardAsync(
        [AsParameters] ParkedSelection selection, string? reason, ILedger ledger, ParkedWork parked, TimeProvider time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MostReason)
            return ErrorForm.Problem(400, $"'reason' is required, and at most {MostReason} characters long");
        if (selection.Id is null)
            return ErrorForm.Problem(400, "'id' is required: what is discarded is named");
        if (await selection.ResolveAsync(ledger, time, cancellationToken) is not var (query, cause))
            return AdminEndpoints.NotFound(selection.Id);
        return AdminEndpoints.Json(new JsonObject
        {
            ["discarded"] = await parked.DiscardAsync(query, cause, reason, ConfigurationLoader.Resident, cancellationToken),
        });
    }

    private static JsonObject Json(Assignment assignment)
    {
        var json = OutcomeJson.Of(assignment);
        json["kind"] = Kind(assignment.LastFailure);
        json["since"] = (assignment.FirstFailedAt ?? assignment.Modified).ToString("O", CultureInfo.InvariantCulture);
        return json;
    }

    private static string Kind(FailureKind? kind) => kind is { } failure ? JsonNamingPolicy.CamelCase.ConvertName(failure.ToString()) : "byHand";
}
