using System.Reflection;
using Provisioning.Testing;

namespace Provisioning.Xacml.Tests;

/// <summary>What applications compile against changes on purpose or not at all.</summary>
public class When_the_library_is_released
{
    private static readonly Assembly Library = typeof(PolicyDecisionPoint).Assembly;

    [Fact]
    public void Should_have_the_public_api_that_was_approved() =>
        PublicApi.ShouldBeApproved(Library, "what breaks an application is a major version");

    [Fact]
    public void Should_document_every_public_type() => PublicApi.ShouldBeDocumented(Library);

    [Fact]
    public void Should_need_nothing_but_the_framework() =>
        Assert.All(Library.GetReferencedAssemblies(), one => Assert.StartsWith("System.", one.Name!, StringComparison.Ordinal));
}
