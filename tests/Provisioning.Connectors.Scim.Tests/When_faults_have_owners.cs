using Provisioning.Connectors.Testing;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private static readonly string[] s_ofOneObject = ["update", "enable", "disable", "password", "delete"];
    private static readonly string[] s_writes = ["create", .. s_ofOneObject];
    private static readonly FaultTable<MemoryTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var target = await MemoryTarget.StartAsync();
        await using var connector = target.Connect();
        await s_table.HoldAsync(fault, operation, target, connector, new ConformanceData(TimeProvider.System));
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<MemoryTarget> Table()
    {
        var table = new FaultTable<MemoryTarget>("scim2", typeof(ScimConnector))
        {
            Ways =
            [
                .. HttpFaultWays.Of<MemoryTarget>(),
                Once("object refused", 403, "no"),
                Once("content refused", 400, "no"),
                Once("content refused", 413, "no"),
                Once("name taken", 409, "no"),
                Once("name taken", 412, "no"),
                Once("object gone", 404, "no") with { Operations = s_ofOneObject },
                new("object gone", "deleted by another", scene => ((ScimConnector)scene.Connector).DeleteAsync(scene.Id, scene.Context, default)),
                Always("asking refused", Refusal(403, "no")),
                Always("wrong address", new(404, """{"title":"Not here","type":"about:blank"}""")),
                Always("wrong address", new(200, """{"hello":"world"}""")) with { Operations = ["find", "list"] },
                Always("answer unreadable", new(200, """{"totalResults":1}""")) with { Operations = ["find", "list"] },
                Always("answer unreadable", new(200, """{"totalResults":1,"Resources":[null]}""")) with { Operations = ["find", "list"] },
                Always("listing doubtful", new(200, """{"totalResults":5,"itemsPerPage":1,"startIndex":1,"Resources":[{"id":"1"}]}""")) with { Operations = ["list"] },
                InOtherWords(404, FailureKind.Gone, "update", "enable", "disable", "password"),
                InOtherWords(410, FailureKind.Gone, "update", "enable", "disable", "password"),
                InOtherWords(405, FailureKind.Rejected, s_writes),
                InOtherWords(404, FailureKind.Rejected, "create"),
                Once("name taken in words", 400, "User already exists") with { Operations = s_writes },
                Once("name taken in words", 500, "A user with this name already exists") with { Operations = s_writes },
                HttpFaultWays.Once<MemoryTarget>("name taken in words", "400 uniqueness", new(400, """{"scimType":"uniqueness"}""")) with { Operations = s_writes },
                HttpFaultWays.Once<MemoryTarget>("name taken in words", "500 uniqueness", new(500, """{"scimType":"uniqueness"}""")) with { Operations = s_writes },
            ],
        };
        HttpFaultWays.LeaveToTheWire(table.NotHere);
        table.NotHere["place missing"] = "the settings name no place but the address";
        table.NotHere["another server"] = "pages are numbers or cursors, not addresses";
        return table;
    }

    private static FaultWay<MemoryTarget> Once(string fault, int status, string words) =>
        HttpFaultWays.Once<MemoryTarget>(fault, $"{status} {words}", Refusal(status, words));

    private static FaultWay<MemoryTarget> Always(string fault, RawAnswer answer) =>
        HttpFaultWays.Always<MemoryTarget>(fault, $"{answer.Status} {answer.Body}", answer);

    private static FaultWay<MemoryTarget> InOtherWords(int status, FailureKind kind, params string[] operations) =>
        HttpFaultWays.Once<MemoryTarget>("not found in other words", $"{status}, though the collection answers: {kind}", RawAnswer.Page(status)) with
        {
            Kind = kind, Operations = operations,
        };

    private static RawAnswer Refusal(int status, string words) =>
        new(status, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"{{words}}"}""");
}
