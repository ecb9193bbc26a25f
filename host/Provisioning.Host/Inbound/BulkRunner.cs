using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Api;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>
/// Does the operations of a request one after the other, each as if it had come alone. One that refers to what a later one makes waits for that one. A failure
/// changes nothing of what was done before.
/// </summary>
internal sealed partial class BulkRunner(UserWriter users, GroupWriter groups, ILogger<BulkRunner> logger)
{
    private const string Response = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    public async Task<JsonObject> RunAsync(BulkRequest request, Caller caller, string baseUrl, CancellationToken cancellationToken)
    {
        var answers = new JsonObject?[request.Operations.Count];
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = Enumerable.Range(0, answers.Length).ToList();
        var errors = 0;

        // What others make, by whom it is asked for. A name that nobody makes is not waited for: the operation says itself what is missing.
        var promised = request.Operations.Where(x => x.Method == "POST").Select(x => x.BulkId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var needed = request.Operations.Select(x => x.References().Where(y => promised.Contains(y) && y != x.BulkId).ToHashSet(StringComparer.Ordinal)).ToList();
        while (open.Count > 0 && !(errors >= request.FailOnErrors))
        {
            var next = open.FindIndex(x => needed[x].Count == 0);
            var place = open[Math.Max(next, 0)];
            open.Remove(place);
            var operation = request.Operations[place].Resolved(made);
            answers[place] = await AnswerAsync(operation, next < 0, caller, baseUrl, cancellationToken);
            if (answers[place]!["location"] is { } location && operation.BulkId is { } bulkId)
                made[bulkId] = location.ToString()[(location.ToString().LastIndexOf('/') + 1)..];
            if (request.Operations[place].BulkId is { } settled)
                needed.ForEach(x => x.Remove(settled));
            if (answers[place]!["status"]!.ToString()[0] is '4' or '5')
                errors++;
        }

        return new JsonObject { ["schemas"] = new JsonArray(Response), ["Operations"] = new JsonArray([.. answers.OfType<JsonObject>()]) };
    }

    private async Task<JsonObject> AnswerAsync(BulkOperation operation, bool isCircular, Caller caller, string baseUrl, CancellationToken cancellationToken)
    {
        var answer = new JsonObject { ["method"] = operation.Method };
        if (operation.BulkId is not null)
            answer["bulkId"] = operation.BulkId;
        try
        {
            if (operation.Problem is { } problem)
                throw new ScimException(400, "invalidSyntax", problem);
            if (isCircular)
                throw new ScimException(409, null, "the operation refers to one that refers to it");
            if (operation.References().FirstOrDefault() is { } missing)
                throw new ScimException(409, null, $"the operation refers to 'bulkId:{missing}', and nothing was made under that name");
            var (status, id, version, failure) = operation.Kind == "Users"
                ? await UserAsync(operation, caller, cancellationToken)
                : await GroupAsync(operation, caller, cancellationToken);
            if (id is not null)
                answer["location"] = $"{baseUrl}/scim/v2/{operation.Kind}/{id}";
            if (version is { } current)
                answer["version"] = ScimUser.ETag(current);
            answer["status"] = status.ToString(CultureInfo.InvariantCulture);
            if (failure is not null)
                answer["response"] = failure;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = RequestFault.Of(exception);
            if (fault.IsOurs)
                LogFailed(exception);
            answer["status"] = fault.Status.ToString(CultureInfo.InvariantCulture);
            answer["response"] = ScimResults.ErrorBody(fault.Status, fault.ScimType, fault.Detail);
            if (operation.Id is { } named)
                answer["location"] = $"{baseUrl}/scim/v2/{operation.Kind}/{named}";
        }

        return answer;
    }

    private async Task<(int Status, string? Id, long? Version, JsonObject? Failure)> UserAsync(BulkOperation operation, Caller caller, CancellationToken cancellationToken)
    {
        var result = operation.Method switch
        {
            "POST" => await users.InsertAsync(
                users.Writable(operation.Data!), caller.ServiceProvider, ScimUser.FirstPassword(operation.Data!), cancellationToken),
            "DELETE" => await users.DeleteAsync(operation.Id!, caller, operation.Version, cancellationToken),
            _ => await users.WriteAsync(operation.Id!, operation.Data!, operation.Method == "PATCH", caller, operation.Version, cancellationToken),
        };
        if (result is null)
            return (204, operation.Id, null, null);
        var failure = BlockingFailure.BodyOf(result, operation.Method == "DELETE" ? "the user is deleted here" : "the user is stored");
        var status = failure is { } body ? int.Parse(body["status"]!.ToString(), CultureInfo.InvariantCulture) : operation.Method switch { "POST" => 201, "DELETE" => 204, _ => 200 };
        var passwords = OutcomeJson.AddPasswords([], result.Outcomes);
        return (status, result.User.Id, operation.Method == "DELETE" ? null : caller.See(result.User)?.Version, failure ?? (passwords.Count > 0 ? passwords : null));
    }

    private async Task<(int Status, string? Id, long? Version, JsonObject? Failure)> GroupAsync(BulkOperation operation, Caller caller, CancellationToken cancellationToken)
    {
        switch (operation.Method)
        {
            case "POST":
                var made = await groups.InsertAsync(operation.Data!, caller, cancellationToken);
                return (201, made.Id, made.Version, null);
            case "DELETE":
                await groups.DeleteAsync(operation.Id!, caller, operation.Version, cancellationToken);
                return (204, operation.Id, null, null);
            default:
                var written = await groups.WriteAsync(operation.Id!, operation.Data!, operation.Method == "PATCH", caller, operation.Version, cancellationToken);
                return (200, written.Id, written.Version, null);
        }
    }

    [LoggerMessage(4011, LogLevel.Error, "an operation of a bulk request failed")]
    private partial void LogFailed(Exception exception);
}
