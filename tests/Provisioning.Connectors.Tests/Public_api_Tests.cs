using System.Reflection;
using PublicApiGenerator;

namespace Provisioning.Connectors.Tests;

/// <summary>What connectors compile against changes on purpose or not at all.</summary>
public sealed class Public_api_Tests
{
    [Fact]
    public void Should_be_what_was_approved()
    {
        var folder = typeof(Public_api_Tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == "ProjectFolder").Value!;
        var approved = Path.Combine(folder, "PublicApi.approved.txt");
        var now = typeof(IConnector).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        if (now == (File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : ""))
            return;
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, now);
        Assert.Fail($"the public API changed: compare '{received}' with '{approved}', and copy it over if that is meant; "
            + "a new capability is a minor version of the contract, anything that breaks a connector a major one");
    }

    [Fact]
    public void Should_keep_one_assembly_version_for_a_whole_major_version() =>
        Assert.Equal(new Version(1, 0, 0, 0), typeof(IConnector).Assembly.GetName().Version);

    [Fact]
    public void Should_document_every_public_member()
    {
        var documented = File.ReadAllText(Path.ChangeExtension(typeof(IConnector).Assembly.Location, ".xml"));
        Assert.All(typeof(IConnector).Assembly.GetExportedTypes(), type => Assert.Contains($"\"T:{type.FullName}\"", documented, StringComparison.Ordinal));
    }
}
