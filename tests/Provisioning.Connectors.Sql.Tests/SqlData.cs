using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Sql.Tests;

/// <summary>Accounts with a number, whose ids are numbers.</summary>
internal sealed class SqlData() : ConformanceData(TimeProvider.System)
{
    public override string UnknownId() => Random.Shared.NextInt64(1_000_000_000, long.MaxValue).ToString(CultureInfo.InvariantCulture);

    public override NewAccount NewAccount()
    {
        var account = base.NewAccount();
        account.Attributes["age"] = JsonValue.Create(36);
        return account;
    }
}
