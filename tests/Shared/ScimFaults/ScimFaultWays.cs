using Provisioning.Connectors;
using Provisioning.FakeServers;

namespace Provisioning.Testing;

/// <summary>The faults of the page that a SCIM server tells, in either version. The versions differ in how a refusal is written.</summary>
/// <param name="refusal">A refusal with a status and some words, as the version writes it.</param>
internal sealed class ScimFaultWays<TTarget>(Func<int, string, RawAnswer> refusal)
    where TTarget : IHttpTarget
{
    private static readonly string[] s_ofOneObject = ["update", "enable", "disable", "password", "delete"];

    public static IReadOnlyList<string> Writes { get; } = ["create", .. s_ofOneObject];

    /// <summary>The ways, and what is not here.</summary>
    public FaultTable<TTarget> Table(string connector, Type type, params FaultWay<TTarget>[] more)
    {
        var table = new FaultTable<TTarget>(connector, type) { Ways = [.. HttpFaultWays.Of<TTarget>(), .. Ways(), .. more] };
        HttpFaultWays.LeaveToTheWire(table.NotHere);
        table.NotHere["place missing"] = "the settings name no place but the address";
        table.NotHere["another server"] = "pages are numbers or cursors, not addresses";
        return table;
    }

    private IEnumerable<FaultWay<TTarget>> Ways() =>
    [
        Once("object refused", 403, "no"),
        Once("content refused", 400, "no"),
        Once("content refused", 413, "no"),
        Once("name taken", 409, "no"),
        Once("name taken", 412, "no"),
        Once("object gone", 404, "no") with { Operations = s_ofOneObject },
        new("object gone", "deleted by another", scene => ((IDeleteAccounts)scene.Connector).DeleteAsync(scene.Id, scene.Context, default)),
        Always("asking refused", refusal(403, "no")),
        Always("wrong address", new(404, """{"title":"Not here","type":"about:blank"}""")),
        Always("wrong address", new(200, """{"hello":"world"}""")) with { Operations = ["find", "list"] },
        Always("answer unreadable", new(200, """{"totalResults":1}""")) with { Operations = ["find", "list"] },
        Always("answer unreadable", new(200, """{"totalResults":1,"Resources":[null]}""")) with { Operations = ["find", "list"] },
        Always("listing doubtful", new(200, """{"totalResults":5,"itemsPerPage":1,"startIndex":1,"Resources":[{"id":"1"}]}""")) with { Operations = ["list"] },
        InOtherWords(404, FailureKind.Gone, "update", "enable", "disable", "password"),
        InOtherWords(410, FailureKind.Gone, "update", "enable", "disable", "password"),
        InOtherWords(405, FailureKind.Rejected, [.. Writes]),
        InOtherWords(404, FailureKind.Rejected, "create"),
        Once("name taken in words", 400, "User already exists") with { Operations = Writes },
        Once("name taken in words", 500, "A user with this name already exists") with { Operations = Writes },
    ];

    private FaultWay<TTarget> Once(string fault, int status, string words) => HttpFaultWays.Once<TTarget>(fault, $"{status} {words}", refusal(status, words));

    private static FaultWay<TTarget> Always(string fault, RawAnswer answer) => HttpFaultWays.Always<TTarget>(fault, $"{answer.Status} {answer.Body}", answer);

    private static FaultWay<TTarget> InOtherWords(int status, FailureKind kind, params string[] operations) =>
        HttpFaultWays.Once<TTarget>("not found in other words", $"{status}, though the collection answers: {kind}", RawAnswer.Page(status)) with
        {
            Kind = kind, Operations = operations,
        };
}
