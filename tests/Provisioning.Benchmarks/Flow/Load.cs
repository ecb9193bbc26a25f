using System.Globalization;
using System.Text;

namespace Provisioning.Benchmarks.Flow;

/// <summary>Users, sent as SCIM.</summary>
internal static class Load
{
    public static async Task PushAsync(Func<int, HttpClient> client, string prefix, int users, int concurrency)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, users), options, async (i, cancellationToken) => await PostAsync(client(i), $"{prefix}{i}", cancellationToken));
    }

    public static async Task PostAsync(HttpClient client, string name, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(name)));
        content.Headers.ContentType = new("application/scim+json");
        using var answer = await client.PostAsync("/scim/v2/Users", content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until the target has so many users.</summary>
    public static async Task ArrivedAsync(HttpClient target, int users)
    {
        while (await CountAsync(target) < users)
            await Task.Delay(10);
    }

    public static async Task<int> CountAsync(HttpClient target) => int.Parse(await target.GetStringAsync("/count"), CultureInfo.InvariantCulture);

    public static async Task<TimeSpan> TimedAsync(Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static string Body(string name) => $$$"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
         "userName":"{{{name}}}","externalId":"E-{{{name}}}","name":{"givenName":"Ada","familyName":"Byron"},"displayName":"Ada Byron",
         "emails":[{"value":"{{{name}}}@example.com","type":"work","primary":true}],"active":true,
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Engineering","employeeNumber":"{{{name}}}"}}
        """;
}
