using System.Reflection;
using PublicApiGenerator;

namespace Provisioning.Testing;

/// <summary>The public API of a library, beside the one that was approved.</summary>
internal static class PublicApi
{
    /// <summary>Fails if the API is not the one in <c>PublicApi.approved.txt</c> of the test project.</summary>
    public static void ShouldBeApproved(Assembly library, string whatAChangeMeans)
    {
        var folder = typeof(PublicApi).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == "ProjectFolder").Value!;
        var approved = Path.Combine(folder, "PublicApi.approved.txt");
        var now = library.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        if (now == (File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : ""))
            return;
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, now);
        Assert.Fail($"the public API changed: compare '{received}' with '{approved}', and copy it over if that is meant; {whatAChangeMeans}");
    }

    /// <summary>Fails if a public type has no documentation.</summary>
    public static void ShouldBeDocumented(Assembly library)
    {
        var documented = File.ReadAllText(Path.ChangeExtension(library.Location, ".xml"));
        Assert.All(library.GetExportedTypes(), type => Assert.Contains($"\"T:{type.FullName}\"", documented, StringComparison.Ordinal));
    }
}
