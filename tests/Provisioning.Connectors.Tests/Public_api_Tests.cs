using Provisioning.Testing;

namespace Provisioning.Connectors.Tests;

/// <summary>What connectors compile against changes on purpose or not at all.</summary>
public sealed class Public_api_Tests
{
    [Fact]
    public void Should_be_what_was_approved() => PublicApi.ShouldBeApproved(
        typeof(IConnector).Assembly, "a new capability is a minor version of the contract, anything that breaks a connector a major one");

    [Fact]
    public void Should_keep_one_assembly_version_for_a_whole_major_version() =>
        Assert.Equal(new Version(1, 0, 0, 0), typeof(IConnector).Assembly.GetName().Version);

    [Fact]
    public void Should_document_every_public_type() => PublicApi.ShouldBeDocumented(typeof(IConnector).Assembly);
}
