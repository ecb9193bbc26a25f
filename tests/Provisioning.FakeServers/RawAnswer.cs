using Microsoft.AspNetCore.Http;

namespace Provisioning.FakeServers;

/// <summary>An answer as it goes over the line, also one that no API would give.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The content, or empty for none.</param>
/// <param name="Type">The media type.</param>
/// <param name="Headers">Further headers.</param>
public sealed record RawAnswer(int Status, string Body = "", string Type = "application/json", params (string Name, string Value)[] Headers)
{
    /// <summary>No answer at all: the connection is closed after the request.</summary>
    public static RawAnswer None { get; } = new(0);

    /// <summary>A page for people.</summary>
    public static RawAnswer Page(int status) => new(status, "<!DOCTYPE html><html><body>Please sign in</body></html>", "text/html");

    public static RawAnswer Of(Answer answer) => new(answer.Status, answer.Body?.ToJsonString() ?? "", Headers: answer.Headers);

    public async Task WriteAsync(HttpContext http)
    {
        if (this == None)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            http.Response.Headers[name] = value;
        if (Body.Length == 0)
            return;
        http.Response.ContentType = Type;
        await http.Response.WriteAsync(Body);
    }
}
