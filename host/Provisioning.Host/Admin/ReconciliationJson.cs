using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Reconciling;

namespace Provisioning.Host.Admin;

/// <summary>Reconciliations and findings for callers.</summary>
internal static class ReconciliationJson
{
    public static JsonObject Of(Reconciliation run)
    {
        var counts = new JsonObject();
        foreach (var (kind, count) in run.Findings)
            counts[Name(kind)] = count;
        return new JsonObject
        {
            ["id"] = run.Id,
            ["identityProvider"] = run.IdentityProvider,
            ["mode"] = Name(run.Mode),
            ["state"] = Name(run.State),
            ["requestedBy"] = run.RequestedBy,
            ["requested"] = Moment(run.Requested),
            ["started"] = Moment(run.Started),
            ["finished"] = Moment(run.Finished),
            ["listed"] = run.Listed,
            ["inMotion"] = run.InMotion,
            ["actedOn"] = run.Acted,
            ["counts"] = counts,
            ["problem"] = run.Problem,
        };
    }

    public static JsonObject Of(Finding finding) => new()
    {
        ["number"] = finding.Number,
        ["kind"] = Name(finding.Kind),
        ["resourceType"] = Name(finding.ResourceType),
        ["resource"] = finding.ResourceName,
        ["accountId"] = finding.AccountId,
        ["assignmentId"] = finding.AssignmentId,
        ["attribute"] = finding.Attribute,
        ["ours"] = finding.Ours,
        ["theirs"] = finding.Theirs,
        ["detail"] = finding.Detail,
        ["actedOn"] = finding.Step == FindingStep.Taken,
    };

    private static string? Moment(DateTimeOffset? moment) => moment?.ToString("O", CultureInfo.InvariantCulture);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
