using System.DirectoryServices.Protocols;
using System.Net;
using Provisioning.Connectors.Testing;
using Provisioning.Testing;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners(Slapd slapd)
{
    private const string Nowhere = "ou=nowhere,dc=example,dc=com";

    private static readonly FaultTable<Slapd> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var connector = slapd.Open();
        await s_table.HoldAsync(fault, operation, slapd, connector, new LdapData());
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<Slapd> Table()
    {
        var table = new FaultTable<Slapd>("ldap", typeof(LdapConnector))
        {
            Ways =
            [
                With("object refused", "no right to write", settings => settings.BindDn = Slapd.Reader),
                new("content refused", "an attribute that it does not know", scene => scene.Write("shoeSize", "44")) { Operations = ["create", "update"] },
                With("content refused", "a state that it does not know", settings => settings.Users.Disable = new DisableSettings { Attribute = "shoeSize", EnabledValue = "44" })
                    with { Operations = ["disable"] },
                new("content refused", "a password that is too short", scene => scene.Password = new Secret("short")) { Operations = ["password"] },
                new("content refused", "an entry with others below it", AddBelow) { Operations = ["delete"] },
                new("name taken", "by the account that is there", scene => scene.Write("userName", scene.There.Attributes["userName"]!.ToString())) { Operations = ["create"] },
                new("name taken", "by another account", TakeNameAsync) { Operations = ["update"] },
                new("object gone", "deleted by another", scene => ((LdapConnector)scene.Connector).DeleteAsync(scene.Id, scene.Context, default)),
                With("credentials refused", "no such entry", settings => settings.BindDn = "uid=nobody-at-all,ou=services,dc=example,dc=com"),
                With("credentials refused", "a wrong password", settings => (settings.BindDn, settings.BindPassword) = (Slapd.Admin, new Secret("wrong"))),
                With("asking refused", "no right to search", settings => settings.BindDn = Slapd.Stranger),
                With("no such server", "an unknown name", settings => settings.Host = "no-such-host.invalid"),
                With("no such server", "an unknown name over TLS", settings => (settings.Host, settings.Security) = ("no-such-host.invalid", LdapSecurity.Ldaps)),
                With("server unreachable", "nobody listens", settings => settings.Port = DesertedPort.Number),
                With("server unreachable", "nobody listens with TLS", settings => (settings.Port, settings.Security) = (DesertedPort.Number, LdapSecurity.Ldaps)),
                new("TLS refused", "another authority", Distrust),
                With("place missing", "no base", settings => settings.Users.Base = Nowhere),
                new("answer lost", "the connection is cut", scene => CutAsync(scene, scene.Reads || scene.Operation == "create" ? 0 : 1)),
                With("id unusable", "entries without it", settings => settings.IdAttribute = "title"),
                With("another server", "a referral", settings => settings.Users.Base = Slapd.Elsewhere),
                new("TLS wanted", "it does not start TLS", NoTls),
                With("no place to move to", "a place that is not there", settings => settings.Users.ParentAttribute = "place", scene => scene.Write("place", "ou=nowhere," + Slapd.People))
                    with { Operations = ["create", "update"] },
            ],
            NotHere =
            {
                ["content refused: enable"] = "an account that was disabled has a state that the directory knows",
                ["name taken: enable"] = "only a name can be taken",
                ["name taken: disable"] = "only a name can be taken",
                ["name taken: password"] = "only a name can be taken",
                ["name taken: delete"] = "only a name can be taken",
                ["wrong address"] = "HTTP; what is no directory answers as one that is down",
                ["page with 200"] = "HTTP",
                ["throttled"] = "no result code asks for a pause",
                ["answer unreadable"] = "the client library reads the protocol: what it cannot read is a connection that is lost",
                ["listing doubtful"] = "slapd cannot be made to repeat a page; ListingGuard is held by Provisioning.Http's",
            },
        };
        return table;
    }

    private static FaultWay<Slapd> With(string fault, string way, Action<LdapSettings> change, Action<FaultScene<Slapd>>? more = null) => new(fault, way, scene =>
    {
        scene.Connector = scene.Target.Open(change);
        more?.Invoke(scene);
    });

    private static void Distrust(FaultScene<Slapd> scene) => scene.Connector = scene.Target.Open(settings =>
        (settings.Security, settings.Port, settings.CaDirectory) = (LdapSecurity.Ldaps, scene.Target.TlsPort, scene.Target.OtherCaDirectory));

    private static void NoTls(FaultScene<Slapd> scene)
    {
        var plain = new PlainDirectory();
        scene.Connector = scene.Target.Open(settings => (settings.Security, settings.Port) = (LdapSecurity.StartTls, plain.Port));
    }

    private static void AddBelow(FaultScene<Slapd> scene)
    {
        using var admin = scene.Target.Connect();
        var above = scene.Target.Entry(LdapFilter.Equal("entryUUID", scene.Id)).DistinguishedName;
        admin.SendRequest(new AddRequest($"cn=below,{above}", "device"));
    }

    private static async Task TakeNameAsync(FaultScene<Slapd> scene)
    {
        await ((LdapConnector)scene.Connector).CreateAsync(scene.New);
        scene.Change = ("userName", scene.New.Attributes["userName"]!.ToString());
    }

    // The connector knows the schema before, so that the first answer is that of the operation, or of the look at its entry.
    private static async Task CutAsync(FaultScene<Slapd> scene, int answers)
    {
        var proxy = new FaultProxy(new IPEndPoint(IPAddress.Loopback, scene.Target.Port));
        scene.Owned.Add(proxy);
        var connector = scene.Target.Open(settings => settings.Port = proxy.EndPoint.Port);
        await connector.CreateAsync(LdapCalls.Person(LdapCalls.Unique("before")));
        proxy.CutAfter(answers);
        scene.Connector = connector;
    }
}
