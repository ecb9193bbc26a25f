using Provisioning.Testing;
using static Provisioning.Connectors.Sql.Tests.When_faults_have_owners;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class When_faults_have_owners_in_SQLite
{
    private const string NoNetwork = "no server: a file";
    private const string NoUsers = "no users: who may open the file may do everything";

    private static readonly FaultTable<SqlTarget> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        using var target = new SqliteTarget();
        await using var connector = target.Open();
        await s_table.HoldAsync(fault, operation, target, connector, new SqlData());
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static FaultTable<SqlTarget> Table() => new("sql", typeof(SqlConnector))
    {
        Ways =
        [
            .. When_faults_have_owners.Ways,
            With("place missing", "no file", settings => settings.ConnectionString = "Data Source=/no/such/folder/people.db"),
            With("statement wrong", "a file that is no database", settings => settings.ConnectionString = $"Data Source={typeof(SqlTarget).Assembly.Location}"),
            With("statement wrong", "a file that takes no writes", settings => settings.ConnectionString += ";Mode=ReadOnly")
                with { Operations = ["create", "update", "enable", "disable", "password", "delete"] },
        ],
        NotHere = new(When_faults_have_owners.NotHere)
        {
            ["object refused"] = NoUsers,
            ["credentials refused"] = NoUsers,
            ["asking refused"] = NoUsers,
            ["no such server"] = NoNetwork,
            ["server unreachable"] = NoNetwork,
            ["TLS refused"] = NoNetwork,
            ["answer lost"] = NoNetwork,
            ["sign-on refused"] = "PostgreSQL",
            ["read-only copy"] = "PostgreSQL",
        },
    };
}
