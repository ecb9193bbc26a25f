using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private static readonly string[] s_ofOneObject = ["update", "enable", "disable", "password", "delete"];
    private static readonly FaultTable<SalesforceTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var target = new SalesforceTarget();
        await using var connector = target.Connect();
        await s_table.HoldAsync(fault, operation, target, connector, new SalesforceData());
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<SalesforceTarget> Table()
    {
        var table = new FaultTable<SalesforceTarget>("salesforce", typeof(SalesforceConnector))
        {
            Ways =
            [
                .. HttpFaultWays.Of<SalesforceTarget>(),
                Once("object refused", 403, "INSUFFICIENT_ACCESS"),
                Once("content refused", 400, "REQUIRED_FIELD_MISSING"),
                Once("content refused", 400, "INVALID_FIELD"),
                Once("content refused", 400, "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
                Once("content refused", 400, "INVALID_CROSS_REFERENCE_KEY"),
                Once("content refused", 400, "MIXED_DML_OPERATION"),
                Once("name taken", 400, "DUPLICATE_VALUE"),
                new("name taken", "a user of this organisation", scene => scene.Write("Username", scene.There.Attributes["Username"]!.ToString()))
                {
                    Operations = ["create"],
                },
                new("name taken elsewhere", "another organisation", TakeElsewhere) { Operations = ["create"] },
                Once("object gone", 404, "NOT_FOUND") with { Operations = s_ofOneObject },
                Once("object gone", 400, "ENTITY_IS_DELETED") with { Operations = s_ofOneObject },
                Always("credentials refused", 401, "INVALID_SESSION_ID"),
                new("credentials refused", "the token endpoint refuses", Disapprove),
                Always("asking refused", 403, "FUNCTIONALITY_NOT_ENABLED"),
                Always("wrong address", 404, "NOT_FOUND") with { Operations = ["create", "find", "list"] },
                Once("throttled", 403, "REQUEST_LIMIT_EXCEEDED"),
                Once("answer lost", 500, "UNKNOWN_EXCEPTION"),
                Listing("listing doubtful", "the same page again", """{"done":false,"nextRecordsUrl":"/services/data/v60.0/query/1","records":[]}"""),
                Listing("listing doubtful", "no next page", """{"done":false,"records":[]}"""),
                Listing("listing doubtful", "an end before the total", """{"done":true,"totalSize":2,"records":[{"Id":"1"}]}"""),
                Listing("another server", "an address", """{"done":false,"nextRecordsUrl":"http://127.0.0.1:9/services/data/v60.0/query/1","records":[]}"""),
                Listing("another server", "an address without a scheme", """{"done":false,"nextRecordsUrl":"//127.0.0.1:9/services/data/","records":[]}"""),
                Once("access refused", 400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY") with { Operations = ["create", .. s_ofOneObject] },
                Once("access refused", 403, "INSUFFICIENT_ACCESS_OR_READONLY") with { Operations = ["create", .. s_ofOneObject] },
                Always("API switched off", 403, "API_DISABLED_FOR_ORG"),
                Always("API switched off", 403, "API_CURRENTLY_DISABLED"),
                HttpFaultWays.Always<SalesforceTarget>("not found in other words", "404", new(404, """{"title":"Not here"}""")),
            ],
        };
        HttpFaultWays.LeaveToTheWire(table.NotHere);
        table.NotHere["place missing"] = "the settings name no place but the address";
        table.NotHere["object gone: find"] = "users cannot be deleted";
        table.NotHere["object gone: list"] = "users cannot be deleted";
        table.NotHere["another server: find"] = "a search follows the same links as a listing";
        return table;
    }

    private static FaultWay<SalesforceTarget> Once(string fault, int status, string code) =>
        HttpFaultWays.Once<SalesforceTarget>(fault, $"{status} {code}", Refusal(status, code));

    private static FaultWay<SalesforceTarget> Always(string fault, int status, string code) =>
        HttpFaultWays.Always<SalesforceTarget>(fault, $"{status} {code}", Refusal(status, code));

    private static FaultWay<SalesforceTarget> Listing(string fault, string way, string page) =>
        HttpFaultWays.Always<SalesforceTarget>(fault, way, new(200, page)) with { Operations = ["list"] };

    private static void Disapprove(FaultScene<SalesforceTarget> scene)
    {
        scene.Target.Salesforce.Approved = false;
        scene.Target.Salesforce.Tokens.RevokeAll();
    }

    private static void TakeElsewhere(FaultScene<SalesforceTarget> scene)
    {
        scene.Write("Username", "taken@corp.example");
        scene.Target.Salesforce.TakenElsewhere.Add("taken@corp.example");
    }

    private static RawAnswer Refusal(int status, string code) => RawAnswer.Of(SalesforceRefusal.Make(status, code, "no"));
}
