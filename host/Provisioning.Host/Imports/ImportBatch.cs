using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Api;
using Provisioning.Host.Inbound;
using Provisioning.Scim;

namespace Provisioning.Host.Imports;

/// <summary>Imports some users of a file together, several at a time.</summary>
internal sealed partial class ImportBatch(UserWriter writer, ILogger<ImportBatch> logger)
{
    public const int MaxUsers = 500;

    private const int AtATime = 16;

    /// <param name="users">The users.</param>
    /// <param name="provider">Whose users they are.</param>
    /// <param name="dryRun">Nothing is written.</param>
    /// <param name="cancellationToken">Ends the work after the users that are under way.</param>
    /// <returns>How many were added, changed and unchanged, and what is wrong with the others, by their place.</returns>
    public async Task<JsonObject> RunAsync(JsonArray users, ServiceProvider provider, bool dryRun, CancellationToken cancellationToken)
    {
        var (effects, problems) = (new int[3], new ConcurrentDictionary<int, string>());
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, users.Count, options, async (place, ct) =>
        {
            try
            {
                if (users[place] is not JsonObject user)
                    throw new ScimException(400, "invalidValue", "is no object");
                var attributes = writer.Read(user);
                var effect = dryRun
                    ? await writer.PreviewAsync(attributes, provider, ct)
                    : await writer.ImportAsync(attributes, new Occasion(Trigger.Import, provider), ct);
                Interlocked.Increment(ref effects[(int)effect]);
            }
            catch (Exception exception) when (exception is not OperationCanceledException && RequestFault.Of(exception) is { Status: < 500 } fault)
            {
                problems[place] = fault.Detail;
            }
        });
        LogImported(users.Count - problems.Count, provider.Name);
        return new JsonObject
        {
            ["added"] = effects[(int)WriteEffect.Added],
            ["changed"] = effects[(int)WriteEffect.Changed],
            ["unchanged"] = effects[(int)WriteEffect.Unchanged],
            ["refused"] = new JsonArray([.. problems.OrderBy(x => x.Key).Select(x => new JsonObject { ["place"] = x.Key, ["problem"] = x.Value })]),
        };
    }

    [LoggerMessage(6011, LogLevel.Debug, "imported {Count} users for {ServiceProvider}")]
    private partial void LogImported(int count, string serviceProvider);
}
