using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private static readonly FaultTable<GoogleTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var target = new GoogleTarget();
        await using var connector = target.Connect();
        // What was just made is treated apart: see "object is new".
        await s_table.HoldAsync(fault, operation, target, connector, new GoogleData(), () => target.Time.Advance(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<GoogleTarget> Table()
    {
        var table = new FaultTable<GoogleTarget>("google", typeof(GoogleConnector))
        {
            Ways =
            [
                .. HttpFaultWays.Of<GoogleTarget>(),
                Once("object refused", 403, "insufficientPermissions"),
                Once("content refused", 400, "invalid"),
                Once("content refused", 400, "required"),
                Once("content refused", 404, "domainNotFound"),
                Once("content refused", 412, "limitExceeded"),
                Once("name taken", 409, "duplicate"),
                Once("name taken", 412, "conditionNotMet"),
                Once("object gone", 404, "notFound") with { Operations = ["update", "enable", "disable", "password", "delete"] },
                new("object gone", "deleted by another", scene => scene.Target.Google.Users.Clear()),
                Always("credentials refused", 401, "authError"),
                new("credentials refused", "the token endpoint refuses", Undelegate),
                Always("asking refused", 403, "forbidden"),
                Always("throttled", 429, "rateLimitExceeded"),
                Once("answer lost", 500, "backendError"),
                Once("answer lost", 502, "backendError"),
                Once("answer lost", 504, "backendError"),
                new("listing doubtful", "the same page again", scene => scene.Target.Answer(new(200, """{"users":[],"nextPageToken":"p"}"""), toReads: true))
                {
                    Operations = ["list"],
                },
                Always("API switched off", 403, "accessNotConfigured"),
                Always("API switched off", 403, "domainCannotUseApis"),
                Once("quota used up", 403, "userRateLimitExceeded"),
                Once("quota used up", 403, "rateLimitExceeded"),
                Once("quota used up", 403, "quotaExceeded"),
                Once("quota used up", 403, "dailyLimitExceeded"),
                New(404, "notFound"),
                New(403, "forbidden"),
                HttpFaultWays.Always<GoogleTarget>("not found in other words", "404", new(404, """{"title":"Not here"}""")),
            ],
        };
        HttpFaultWays.LeaveToTheWire(table.NotHere);
        table.NotHere["place missing"] = "the settings name no place but the address";
        table.NotHere["another server"] = "pages are named by tokens, not by addresses";
        return table;
    }

    private static FaultWay<GoogleTarget> Once(string fault, int status, string reason) =>
        HttpFaultWays.Once<GoogleTarget>(fault, $"{status} {reason}", Refusal(status, reason));

    private static FaultWay<GoogleTarget> Always(string fault, int status, string reason) =>
        HttpFaultWays.Always<GoogleTarget>(fault, $"{status} {reason}", Refusal(status, reason));

    // The account of the scene has settled, so another one is made.
    private static FaultWay<GoogleTarget> New(int status, string reason) => new("object is new", $"{status} {reason}", async scene =>
    {
        scene.Id = (await ((GoogleConnector)scene.Connector).CreateAsync(scene.New, scene.Context, default)).Id;
        scene.Target.Answer(Refusal(status, reason), toReads: false);
    })
    {
        Operations = ["update", "enable", "disable", "password", "delete"],
    };

    private static void Undelegate(FaultScene<GoogleTarget> scene)
    {
        scene.Target.Google.Delegated = false;
        scene.Target.Google.Tokens.RevokeAll();
    }

    private static RawAnswer Refusal(int status, string reason) => RawAnswer.Of(GoogleError.Make(status, reason, "no"));
}
