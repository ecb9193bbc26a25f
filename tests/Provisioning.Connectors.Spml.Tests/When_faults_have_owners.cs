using System.Text.Json.Nodes;
using System.Xml.Linq;
using Provisioning.FakeServers;
using Provisioning.Testing;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private const string Xml = "text/xml; charset=utf-8";
    private static readonly string[] s_ofOneObject = ["update", "enable", "disable", "password", "delete"];
    private static readonly FaultTable<SpmlTestTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var target = new SpmlTestTarget(await FakeSpmlServer.StartAsync());
        await using var connector = target.Server.Connect();
        await s_table.HoldAsync(fault, operation, target, connector, new SpmlAccounts(new JsonObject { ["displayName"] = "Ada" }));
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<SpmlTestTarget> Table()
    {
        var table = new FaultTable<SpmlTestTarget>("spml", typeof(SpmlConnector))
        {
            Ways =
            [
                .. HttpFaultWays.Of<SpmlTestTarget>(),
                Once("content refused", "malformedRequest"),
                Once("content refused", "invalidContainment"),
                Once("content refused", "unsupportedOperation"),
                Fault("content refused", "Client"),
                Once("name taken", "alreadyExists"),
                Once("object gone", "noSuchIdentifier") with { Operations = s_ofOneObject },
                new("object gone", "deleted by another", scene => scene.Target.Server.Provider.Objects.Clear()),
                Fault("credentials refused", "FailedAuthentication"),
                new("place missing", "no such container", scene => scene.Connector = scene.Target.Server.Connect(settings => settings.User.Container = "ou=nowhere"))
                {
                    Operations = ["create", "find", "list"],
                },
                Fault("answer lost", "Server"),
                Whole("answer unreadable", "half an element", new(200, "<a>", Xml)),
                Whole("answer unreadable", "another document", new(200, FakeSpmlServer.Envelope(new XElement("other")), Xml)),
                Whole("id unusable", "no psoID", Success(Pso(null))) with { Operations = ["create", "list"] },
                Whole("id unusable", "a psoID longer than 1024 characters", Success(Pso(new string('x', 1025)))) with { Operations = ["create", "list"] },
                new("listing doubtful", "a psoID twice", scene => scene.Target.Server.Instead = request => request.Name == Search + "searchRequest" ? Success(Pso("1"), Pso("1")) : null)
                {
                    Operations = ["list"],
                },
                new("listing doubtful", "an iterator that is lost", LoseIterators) { Operations = ["list"] },
                Once("custom error", "customError") with { Kind = FailureKind.Transient, Operations = ["create", .. s_ofOneObject] },
                Fault("wrong for the whole target", "VersionMismatch"),
                Fault("wrong for the whole target", "MustUnderstand"),
                new("wrong for the whole target", "an unknown targetId", scene => scene.Connector = scene.Target.Server.Connect(settings => settings.TargetId = "T9")),
            ],
        };
        HttpFaultWays.LeaveToTheWire(table.NotHere);
        foreach (var operation in s_ofOneObject)
            table.NotHere[$"place missing: {operation}"] = "a request names the object, not its container";
        table.NotHere["another server"] = "no answer names an address";
        return table;
    }

    private static FaultWay<SpmlTestTarget> Once(string fault, string error) => new(fault, error, scene => scene.Target.Answer(
        request => new(200, FakeSpmlServer.Envelope(Failure(request, error)), Xml), toReads: scene.Reads));

    private static FaultWay<SpmlTestTarget> Fault(string fault, string code)
    {
        var answer = new RawAnswer(500, FakeSpmlServer.Envelope(FakeSpmlServer.Fault(code, "no")), Xml);
        return code is "Client" or "Server"
            ? HttpFaultWays.Once<SpmlTestTarget>(fault, $"SOAP fault {code}", answer)
            : HttpFaultWays.Always<SpmlTestTarget>(fault, $"SOAP fault {code}", answer);
    }

    private static FaultWay<SpmlTestTarget> Whole(string fault, string way, RawAnswer answer) =>
        HttpFaultWays.Once<SpmlTestTarget>(fault, way, answer);

    private static XElement Failure(XElement request, string error) => new(
        request.Name.Namespace + request.Name.LocalName.Replace("Request", "Response", StringComparison.Ordinal),
        new XAttribute("status", "failure"), new XAttribute("error", error));

    private static RawAnswer Success(params XElement[] objects) =>
        new(200, FakeSpmlServer.Envelope(new XElement(Search + "searchResponse", new XAttribute("status", "success"), objects)), Xml);

    private static XElement Pso(string? id) => new(Search + "pso", id is null ? null : new XElement(Core + "psoID", new XAttribute("ID", id)));

    private static async Task LoseIterators(FaultScene<SpmlTestTarget> scene)
    {
        var connector = (SpmlConnector)scene.Connector;
        // More than a page.
        for (var i = 0; i < 4; i++)
            await connector.CreateAsync(new NewAccount($"m{i}", new JsonObject { ["uid"] = $"u{i}" }), scene.Context, default);
        scene.Target.Server.Intercept = (_, _) =>
        {
            scene.Target.Server.Provider.ForgetIterators();
            return Task.FromResult(false);
        };
    }
}
