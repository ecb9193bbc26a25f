namespace Provisioning.Architecture.Tests;

public sealed class When_projects_reference_each_other
{
    private const string Xacml = "policies/Provisioning.Xacml/Provisioning.Xacml.csproj";
    private const string Sdk = "plugins/Provisioning.Connectors/Provisioning.Connectors.csproj";
    private const string Scim = "plugins/Provisioning.Scim/Provisioning.Scim.csproj";
    private const string Http = "plugins/Provisioning.Http/Provisioning.Http.csproj";

    private static readonly string[] KeptOutOfCore = ["Quartz", "Microsoft.Data.Sqlite", "Npgsql", "McMaster"];

    [Theory]
    [InlineData("Provisioning.Xacml")]
    [InlineData("Provisioning.Connectors")]
    [InlineData("Provisioning.Scim")]
    public void Should_keep_the_libraries_free_of_dependencies(string name)
    {
        var project = Repository.Named(name);
        Repository.HoldsFor(
            $"{name} references no project and no package",
            [.. project.ProjectReferences, .. project.PackageReferences]);
    }

    [Fact]
    public void Should_let_the_HTTP_library_reference_only_the_SDK()
    {
        var project = Repository.Named("Provisioning.Http");
        Repository.HoldsFor(
            "The HTTP library references the SDK and no package",
            [.. project.ProjectReferences.Except([Sdk]), .. project.PackageReferences]);
    }

    [Fact]
    public void Should_let_the_core_reference_only_the_libraries() => Repository.HoldsFor(
        "The core references only the policy engine, the SDK and the SCIM library",
        Repository.Named("Provisioning.Core").ProjectReferences.Except([Xacml, Sdk, Scim]));

    [Fact]
    public void Should_keep_infrastructure_packages_out_of_the_core() => Repository.HoldsFor(
        "The core references no scheduler, database or plugin loader",
        Repository.Named("Provisioning.Core").PackageReferences
            .Where(package => KeptOutOfCore.Any(prefix => package.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public void Should_keep_shared_frameworks_out_of_the_core() => Repository.HoldsFor(
        "The core references no shared framework",
        Repository.Named("Provisioning.Core").FrameworkReferences);

    [Fact]
    public void Should_let_connectors_reference_only_the_SDK_and_the_protocol_libraries()
    {
        var connectors = Repository.Projects
            .Where(project => project.RelativePath.StartsWith("plugins/Provisioning.Connectors.", StringComparison.Ordinal))
            .Where(project => project.Name != "Provisioning.Connectors.Testing")
            .ToList();
        Assert.NotEmpty(connectors);
        Repository.HoldsFor(
            "A connector references only the SDK, the SCIM library and the HTTP library",
            connectors.SelectMany(project => project.ProjectReferences.Except([Sdk, Scim, Http]).Select(target => $"{project} -> {target}")));
    }

    [Fact]
    public void Should_keep_plugins_and_policies_apart_from_the_host() => Repository.HoldsFor(
        "Nothing under plugins or policies references the host",
        from project in Repository.Projects
        where project.IsUnder("plugins") || project.IsUnder("policies")
        from target in project.ProjectReferences
        where target.StartsWith("host/", StringComparison.OrdinalIgnoreCase)
        select $"{project} -> {target}");

    [Fact]
    public void Should_leave_package_versions_to_the_central_file() => Repository.HoldsFor(
        "Package versions are in Directory.Packages.props alone",
        Repository.Projects.SelectMany(project => project.VersionedPackages.Select(package => $"{project}: {package}")));

    [Fact]
    public void Should_name_every_project_in_the_solution()
    {
        var solution = Repository.Read("Provisioning.sln").Replace('\\', '/');
        Repository.HoldsFor(
            "Every project but fixtures and benchmarks is in the solution",
            Repository.Projects
                .Where(project => !project.Name.EndsWith(".Fixture", StringComparison.Ordinal))
                .Where(project => !project.Name.EndsWith(".Benchmarks", StringComparison.Ordinal))
                .Where(project => !solution.Contains($"\"{project.RelativePath}\"", StringComparison.Ordinal))
                .Select(project => project.RelativePath));
    }
}
