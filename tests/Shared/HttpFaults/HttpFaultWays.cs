using Provisioning.Connectors;
using Provisioning.FakeServers;

namespace Provisioning.Testing;

/// <summary>The faults that need no words of an API: HTTP alone tells them. They are the same for every connector over HTTP.</summary>
internal static class HttpFaultWays
{
    // The names by which the APIs of all connectors list their objects: one content is good for each.
    private static readonly string[] s_lists = ["Resources", "users", "groups", "value", "records", "data"];

    private static readonly (string Name, string Json)[] s_unusable =
    [
        ("none", "null"), ("empty", "\"\""), ("one that leads elsewhere", "\"..\""), ("longer than 1024 characters", $"\"{new string('x', 1025)}\""),
    ];

    public static IEnumerable<FaultWay<TTarget>> Of<TTarget>()
        where TTarget : IHttpTarget =>
    [
        Once<TTarget>("object refused", "403 without words", new(403)),
        Once<TTarget>("object refused", "403 with a page", RawAnswer.Page(403)),
        Always<TTarget>("credentials refused", "401", new(401)),
        Always<TTarget>("asking refused", "403", new(403)),
        Always<TTarget>("wrong address", "404 without words", new(404)),
        Always<TTarget>("wrong address", "404 with a page", RawAnswer.Page(404)),
        Always<TTarget>("wrong address", "405", new(405)),
        Always<TTarget>("wrong address", "410", new(410)),
        Always<TTarget>("wrong address", "301", new(301, Headers: ("Location", "http://127.0.0.1:9/elsewhere"))),
        Always<TTarget>("wrong address", "302 with a page", RawAnswer.Page(302)),
        new("page with 200", "every request", scene => scene.Target.Answer(RawAnswer.Page(200), toReads: scene.Operation != "create")),
        new("server unreachable", "nobody listens", scene => scene.Connector = scene.Target.Open(DesertedPort.Address)),
        Once<TTarget>("throttled", "429", new(429)),
        Once<TTarget>("throttled", "503 with Retry-After", new(503, Headers: ("Retry-After", "7"))),
        Once<TTarget>("answer lost", "500", new(500)),
        Once<TTarget>("answer lost", "502 with a page", RawAnswer.Page(502)),
        Once<TTarget>("answer lost", "504", new(504)),
        Once<TTarget>("answer lost", "no answer", RawAnswer.None),
        Once<TTarget>("answer unreadable", "garbage", new(200, "{\"id\":}garbage")),
        Once<TTarget>("answer unreadable", "half a letter", new(200, "{\"id\":\"\\ud800\"}")),
        Once<TTarget>("answer unreadable", "a number", new(200, "7")),
        Once<TTarget>("answer unreadable", "nothing", new(200)),
        .. from id in s_unusable
           select Once<TTarget>("id unusable", id.Name, new(200, Objects(id.Json))) with { Operations = ["create", "list"] },
        Always<TTarget>("listing doubtful", "an object twice", new(200, Objects("\"1\"", "\"1\""))) with { Operations = ["list"] },
    ];

    /// <summary>The request that an operation is about is answered so; what it reads before, it gets.</summary>
    public static FaultWay<TTarget> Once<TTarget>(string fault, string way, RawAnswer answer)
        where TTarget : IHttpTarget => new(fault, way, scene => scene.Target.Answer(answer, toReads: scene.Reads));

    /// <summary>Every request is answered so.</summary>
    public static FaultWay<TTarget> Always<TTarget>(string fault, string way, RawAnswer answer)
        where TTarget : IHttpTarget => new(fault, way, scene => scene.Target.Answer(answer, toReads: true));

    /// <summary>The faults that one class holds for every connector over HTTP, since all of them send by it.</summary>
    public static void LeaveToTheWire(Dictionary<string, string> notHere)
    {
        notHere["no such server"] = "Provisioning.Http.Tests: When_the_connection_is_special";
        notHere["TLS refused"] = "Provisioning.Http.Tests: When_the_connection_is_special";
        notHere["id unusable: find"] = "a search leaves out what has not the name that it looks for";
        notHere["listing doubtful: find"] = "a search is no listing: what it finds twice is one object";
    }

    /// <summary>Objects as the answer to a listing, and the first of them as the answer to a creation.</summary>
    private static string Objects(params string[] ids)
    {
        var list = string.Join(',', ids.Select(id => $"{{\"id\":{id},\"Id\":{id}}}"));
        var lists = string.Join(',', s_lists.Select(name => $"\"{name}\":[{list}]"));
        return $"{{\"id\":{ids[0]},\"Id\":{ids[0]},\"totalResults\":{ids.Length},\"totalSize\":{ids.Length},\"done\":true,{lists}}}";
    }
}
