using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Reconciling;
using Provisioning.Host.Api;
using Provisioning.Host.Configuration;
using Provisioning.Host.Inbound;
using Provisioning.Scim;

namespace Provisioning.Host.Admin;

/// <summary><c>/api/admin/identity-providers/{name}/reconciliations</c>: comparing a target with what we know of it.</summary>
internal static class ReconciliationEndpoints
{
    private const string Path = "/identity-providers/{name}/reconciliations";

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet(Path, ListAsync);
        admin.MapPost(Path, RequestAsync);
        admin.MapGet(Path + "/{id}", ShowAsync);
        admin.MapPost(Path + "/{id}/cancel", CancelAsync);
    }

    private static async Task<IResult> ListAsync(string name, int? max, IReconciliationStore store, CancellationToken cancellationToken)
    {
        var runs = await store.ListAsync(name, Math.Clamp(max ?? 20, 1, 1000), cancellationToken);
        return AdminEndpoints.Json(new JsonArray([.. runs.Select(ReconciliationJson.Of)]));
    }

    private static async Task<IResult> RequestAsync(
        string name, string? mode, bool? force, IReconciliationStore store, IReconciliationTrigger trigger, ConfigurationFolder configuration, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(name) is null)
            return ErrorForm.Problem(404, $"there is no identity provider '{name}'");
        var run = Reconciliation.New(name, Parse<ReconciliationMode>("mode", mode) ?? ReconciliationMode.Report, force == true, ConfigurationLoader.Resident, time.GetUtcNow());
        if (!await store.RequestAsync(run, cancellationToken))
            return ErrorForm.Problem(409, $"a reconciliation of '{name}' is queued or running already");
        await trigger.TriggerAsync(name, cancellationToken);
        return Results.Text(ReconciliationJson.Of(run).ToJsonString(), "application/json", statusCode: 202);
    }

    private static async Task<IResult> ShowAsync(
        string name, string id, string? kind, long? after, int? max, IReconciliationStore store, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, id, store, cancellationToken) is not { } run)
            return NotFound(name, id);
        var json = ReconciliationJson.Of(run);
        var findings = await store.FindingsAsync(id, Parse<FindingKind>("kind", kind), null, after ?? 0, Math.Clamp(max ?? 100, 1, 10_000), cancellationToken);
        json["findings"] = new JsonArray([.. findings.Select(ReconciliationJson.Of)]);
        return AdminEndpoints.Json(json);
    }

    private static async Task<IResult> CancelAsync(string name, string id, IReconciliationStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, id, store, cancellationToken) is null)
            return NotFound(name, id);
        return await store.CancelAsync(id, time.GetUtcNow(), cancellationToken)
            ? Results.NoContent()
            : ErrorForm.Problem(409, $"reconciliation '{id}' is over already");
    }

    private static async Task<Reconciliation?> FindAsync(string name, string id, IReconciliationStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } run && run.IdentityProvider == name ? run : null;

    private static T? Parse<T>(string parameter, string? text)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new RequestException(400, $"'{parameter}' is '{text}'; it must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
    }

    private static IResult NotFound(string name, string id) => ErrorForm.Problem(404, $"there is no reconciliation '{id}' of '{name}'");
}
