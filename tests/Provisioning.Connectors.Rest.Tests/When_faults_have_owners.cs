using Provisioning.Connectors.Testing;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Rest.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private static readonly string[] s_ofOneObject = ["update", "enable", "disable", "password", "delete"];
    private static readonly FaultTable<DeskTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var target = new DeskTarget();
        await using var connector = target.Open();
        await s_table.HoldAsync(fault, operation, target, connector, new ConformanceData(TimeProvider.System));
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<DeskTarget> Table()
    {
        var table = new FaultTable<DeskTarget>("rest", typeof(RestConnector))
        {
            Ways =
            [
                .. HttpFaultWays.Of<DeskTarget>(),
                Once("object refused", 403, "NOT_YOURS"),
                Once("content refused", 422, "FIELDS"),
                Once("content refused", 400, "FIELDS"),
                Once("content refused", 413, "LARGE"),
                Once("name taken", 412, "CHANGED"),
                Once("object gone", 404, "NO_PERSON") with { Operations = s_ofOneObject },
                new("object gone", "deleted by another", scene => ((RestConnector)scene.Connector).DeleteAsync(scene.Id, scene.Context, default)),
                new("credentials refused", "the token endpoint refuses", Forget),
                Always("wrong address", new(200, """{"hello":"world"}""")) with { Operations = ["find", "list"], Kind = FailureKind.Misconfigured },
                HttpFaultWays.Once<DeskTarget>("id unusable", "201 without one", new(201, """{"data":{"login":"ada"}}""")) with { Operations = ["create"] },
                Always("id unusable", new(200, """{"data":[{"login":"ada"}]}""")) with { Operations = ["find", "list"], Kind = FailureKind.Misconfigured },
                Always("listing doubtful", new(200, """{"data":[],"next":"a"}""")) with { Operations = ["list"] },
                new("listing doubtful", "the same page again", Unpaged) { Operations = ["list"] },
                new("another server", "a link", Elsewhere) { Operations = ["list"] },
                InOtherWords(404, FailureKind.Gone, "update", "enable", "disable", "password"),
                InOtherWords(410, FailureKind.Gone, "update", "enable", "disable", "password"),
                InOtherWords(405, FailureKind.Rejected, ["create", .. s_ofOneObject]),
                InOtherWords(404, FailureKind.Rejected, "create"),
                InOtherWords(410, FailureKind.Rejected, "create"),
                Unexpected(FailureKind.Ambiguous, "create"),
                Unexpected(FailureKind.Rejected, "enable", "disable"),
                Once("answers of the settings", 400, "LOGIN_TAKEN") with { Kind = FailureKind.Conflict, Operations = ["create", .. s_ofOneObject] },
            ],
        };
        HttpFaultWays.LeaveToTheWire(table.NotHere);
        table.NotHere["place missing"] = "the settings name no place but addresses";
        table.NotHere["another server: find"] = "a search follows no links";
        return table;
    }

    private static FaultWay<DeskTarget> Once(string fault, int status, string code) =>
        HttpFaultWays.Once<DeskTarget>(fault, $"{status} {code}", new(status, $$$"""{"error":{"code":"{{{code}}}","message":"no"}}"""));

    private static FaultWay<DeskTarget> Always(string fault, RawAnswer answer) => HttpFaultWays.Always<DeskTarget>(fault, answer.Body, answer);

    private static FaultWay<DeskTarget> InOtherWords(int status, FailureKind kind, params string[] operations) =>
        HttpFaultWays.Once<DeskTarget>("not found in other words", $"{status}, though the collection answers: {kind}", new(status, """{"title":"Not here"}""")) with
        {
            Kind = kind, Operations = operations,
        };

    private static FaultWay<DeskTarget> Unexpected(FailureKind kind, params string[] operations) =>
        HttpFaultWays.Once<DeskTarget>("success unexpected", $"202: {kind}", new(202)) with { Kind = kind, Operations = operations };

    private static void Forget(FaultScene<DeskTarget> scene) =>
        scene.Connector = scene.Target.Open(settings => settings.Authentication.OAuth2!.ClientSecret = new Secret("another"));

    private static void Unpaged(FaultScene<DeskTarget> scene) =>
        scene.Connector = scene.Target.Open(settings => settings.Users.List = new RestOperation { Path = "people?page={{$page}}", Items = "data" });

    private static void Elsewhere(FaultScene<DeskTarget> scene)
    {
        scene.Connector = scene.Target.Open(settings => settings.Users.List = new RestOperation { Path = "people", Items = "data", NextLink = "next" });
        scene.Target.Answer(new(200, """{"data":[],"next":"http://127.0.0.1:9/elsewhere"}"""), toReads: true);
    }
}
