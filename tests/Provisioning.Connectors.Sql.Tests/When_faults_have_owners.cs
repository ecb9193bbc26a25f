using Provisioning.Testing;

namespace Provisioning.Connectors.Sql.Tests;

/// <summary>The faults of host/docs/failures.md that both databases have; the page says what has to come of each.</summary>
internal static class When_faults_have_owners
{
    private const string Breaks = "UPDATE people SET age = -1 WHERE id = @id";

    public static IEnumerable<FaultWay<SqlTarget>> Ways =>
    [
        new("content refused", "a rule of a column", scene => scene.Write("age", "-1")) { Operations = ["create", "update"] },
        With("content refused", "a rule of a column, by other statements", BreakRules) with { Operations = ["enable", "disable", "password", "delete"] },
        new("name taken", "by the account that is there", scene => scene.Write("userName", scene.There.Attributes["userName"]!.ToString())) { Operations = ["create"] },
        new("name taken", "by another account", TakeNameAsync) { Operations = ["update"] },
        new("object gone", "deleted by another", scene => scene.Target.Scalar("DELETE FROM people")),
        new("place missing", "no table", scene => scene.Target.Scalar("DROP TABLE arrivals; DROP TABLE team_members; DROP TABLE people")),
        new("place missing", "no column", scene => scene.Target.Scalar("ALTER TABLE people RENAME COLUMN marker TO brand")),
        With("id unusable", "a column of another name", settings => settings.Users.IdColumn = "number") with { Operations = ["find", "list"] },
        With("creation undone", "no column of the id", settings => settings.Users.Get = "SELECT user_name FROM people WHERE id = @id")
            with { Operations = ["create"], Kind = FailureKind.Transient },
        With("creation undone", "no RETURNING", settings => (settings.Users.Create, settings.Users.FindByMarker) = ([settings.Users.Create[0].Replace("RETURNING id", "")], null))
            with { Operations = ["create"], Kind = FailureKind.Rejected },
        With("listing doubtful", "the same rows again", Repeat) with { Operations = ["list"] },
        With("listing doubtful", "a row twice", settings => settings.Users.List = "SELECT id FROM people UNION ALL SELECT id FROM people") with { Operations = ["list"] },
        With("statement wrong", "none at all", settings => settings.Users.Get = "SELEKT id FROM people WHERE id = @id")
            with { Operations = ["create", "update", "enable", "disable", "password", "delete"] },
    ];

    public static Dictionary<string, string> NotHere => new()
    {
        ["name taken: enable"] = "only a name can be taken",
        ["name taken: disable"] = "only a name can be taken",
        ["name taken: password"] = "only a name can be taken",
        ["name taken: delete"] = "only a name can be taken",
        ["wrong address"] = "HTTP",
        ["page with 200"] = "HTTP",
        ["throttled"] = "no database asks for a pause",
        ["answer unreadable"] = "the client library reads the protocol: what it cannot read is a connection that is lost",
        ["id unusable: create"] = "the transaction is undone: see \"creation undone\"",
        ["listing doubtful: find"] = "a search is no listing: what it finds twice is one object",
        ["another server"] = "no database names one",
    };

    public static FaultWay<SqlTarget> With(string fault, string way, Action<SqlSettings> change) =>
        new(fault, way, scene => scene.Connector = scene.Target.Open(change));

    private static void BreakRules(SqlSettings settings) => settings.Users.Enable = settings.Users.Disable = settings.Users.SetPassword = settings.Users.Delete = [Breaks];

    private static void Repeat(SqlSettings settings) => settings.Users.List =
        "SELECT id, marker FROM people WHERE CAST(@after AS bigint) IS NULL OR id >= CAST(@after AS bigint) ORDER BY id LIMIT CAST(@limit AS bigint)";

    private static async Task TakeNameAsync(FaultScene<SqlTarget> scene)
    {
        await ((SqlConnector)scene.Connector).CreateAsync(scene.New);
        scene.Change = ("userName", scene.New.Attributes["userName"]!.ToString());
    }
}
