using Provisioning.Connectors.Testing;
using Provisioning.FakeServers;
using Provisioning.Testing;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
public sealed class When_faults_have_owners
{
    private static readonly FaultTable<MemoryTarget> s_table = new ScimFaultWays<MemoryTarget>(Refusal).Table(
        "scim2",
        typeof(ScimConnector),
        HttpFaultWays.Once<MemoryTarget>("name taken in words", "400 uniqueness", new(400, """{"scimType":"uniqueness"}""")) with { Operations = ScimFaultWays<MemoryTarget>.Writes },
        HttpFaultWays.Once<MemoryTarget>("name taken in words", "500 uniqueness", new(500, """{"scimType":"uniqueness"}""")) with { Operations = ScimFaultWays<MemoryTarget>.Writes });

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

    private static RawAnswer Refusal(int status, string words) =>
        new(status, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"{{words}}"}""");
}
