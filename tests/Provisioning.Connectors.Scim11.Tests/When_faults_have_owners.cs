using Provisioning.Connectors.Testing;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Scim11.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private static readonly FaultTable<StrictServer> s_table = new ScimFaultWays<StrictServer>(Refusal).Table(
        "scim11",
        typeof(Scim11Connector));

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        await using var target = await StrictServer.StartAsync();
        await using var connector = target.Connect();
        await s_table.HoldAsync(fault, operation, target, connector, new ConformanceData(TimeProvider.System));
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private static RawAnswer Refusal(int status, string words) =>
        new(status, $$$"""{"Errors":[{"description":"{{{words}}}","code":"{{{status}}}"}]}""");
}
