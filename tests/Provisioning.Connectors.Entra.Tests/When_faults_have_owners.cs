using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Entra.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private static readonly string[] s_ofOneObject = ["update", "enable", "disable", "password", "delete"];
    private static readonly FaultTable<EntraTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var target = new EntraTarget();
        await using var connector = target.Connect();
        // What was just made is treated apart: see "object is new".
        await s_table.HoldAsync(fault, operation, target, connector, new EntraData(), () => target.Time.Advance(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<EntraTarget> Table()
    {
        var table = new FaultTable<EntraTarget>("entra", typeof(EntraConnector))
        {
            Ways =
            [
                .. HttpFaultWays.Of<EntraTarget>(),
                Once("object refused", 403, "Authorization_RequestDenied"),
                new("object refused", "an administrator", scene => scene.Target.Entra.Users.Single().Role = "Global Administrator") { Operations = s_ofOneObject },
                Once("content refused", 400, "Request_BadRequest"),
                Once("content refused", 403, "Directory_QuotaExceeded"),
                Once("name taken", 400, "Request_BadRequest", "Another object with the same value for property userPrincipalName already exists."),
                Once("name taken", 409, "Conflict"),
                Once("object gone", 404, "Request_ResourceNotFound") with { Operations = s_ofOneObject },
                new("object gone", "deleted by another", scene => scene.Target.Entra.Users.Clear()),
                Always("credentials refused", 401, "InvalidAuthenticationToken"),
                new("credentials refused", "the token endpoint refuses", Expire),
                Always("asking refused", 403, "Authorization_RequestDenied"),
                new("asking refused", "no consent", scene => scene.Target.Entra.Consented = false),
                Always("throttled", 429, "TooManyRequests"),
                Once("throttled", 403, "activityLimitReached"),
                Once("answer lost", 500, "Service_InternalServerError"),
                Once("answer lost", 502, "BadGateway"),
                Once("answer lost", 504, "GatewayTimeout"),
                Listing("listing doubtful", "the same page again", "http://127.0.0.1/v1.0/users?$skiptoken=1"),
                Listing("another server", "no address of Graph's", "http://127.0.0.1:9/elsewhere"),
                Once("no licence left", 400, "Request_BadRequest", "Subscription with SKU 1 does not have any available licenses.") with { Operations = ["update"] },
                New(404, "Request_ResourceNotFound"),
                New(403, "Authorization_RequestDenied"),
                HttpFaultWays.Always<EntraTarget>("not found in other words", "404", new(404, """{"title":"Not here"}""")),
            ],
        };
        HttpFaultWays.LeaveToTheWire(table.NotHere);
        table.NotHere["place missing"] = "the settings name no place but the tenant, which is a matter of signing in";
        table.NotHere["another server: find"] = "a search follows the same links as a listing";
        return table;
    }

    private static FaultWay<EntraTarget> Once(string fault, int status, string code, string message = "no") =>
        HttpFaultWays.Once<EntraTarget>(fault, $"{status} {code}", Refusal(status, code, message));

    private static FaultWay<EntraTarget> Always(string fault, int status, string code) =>
        HttpFaultWays.Always<EntraTarget>(fault, $"{status} {code}", Refusal(status, code));

    private static FaultWay<EntraTarget> Listing(string fault, string way, string next) =>
        HttpFaultWays.Always<EntraTarget>(fault, way, new(200, $$"""{"value":[],"@odata.nextLink":"{{next}}"}""")) with { Operations = ["list"] };

    // The account of the scene has settled, so another one is made.
    private static FaultWay<EntraTarget> New(int status, string code) => new("object is new", $"{status} {code}", async scene =>
    {
        scene.Id = (await ((EntraConnector)scene.Connector).CreateAsync(scene.New, scene.Context, default)).Id;
        scene.Target.Answer(Refusal(status, code), toReads: false);
    })
    {
        Operations = s_ofOneObject,
    };

    private static void Expire(FaultScene<EntraTarget> scene)
    {
        scene.Target.Entra.LoginError = "AADSTS7000222";
        scene.Target.Entra.Tokens.RevokeAll();
    }

    private static RawAnswer Refusal(int status, string code, string message = "no") => RawAnswer.Of(GraphError.Make(status, code, message));
}
