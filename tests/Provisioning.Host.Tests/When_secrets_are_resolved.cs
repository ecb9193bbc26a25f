using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Host.Configuration;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

public sealed class When_secrets_are_resolved
{
    private readonly string _data = TestFolder.Create();

    [Fact]
    public void Should_make_up_a_generated_secret_once_and_keep_it_private()
    {
        var resolver = new SecretResolver(_data, _data);
        var first = resolver.Resolve("generated:portal");
        Assert.Equal(first, resolver.Resolve("generated:portal"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data, "secrets", "portal")));
    }

    [Theory]
    [InlineData("env:NAME", true)]
    [InlineData("file:secrets/name", true)]
    [InlineData("credential:name", true)]
    [InlineData("generated:name", true)]
    [InlineData("secret", false)]
    [InlineData("vault:name", false)]
    [InlineData("file:", false)]
    public void Should_know_the_same_references_for_a_service_provider_and_for_a_connector(string reference, bool known)
    {
        var provider = new JsonObject { ["name"] = "portal", ["credentials"] = new JsonArray(new JsonObject { ["bearerToken"] = reference }) };
        Assert.Equal(known, !SettingsSchema.Validate(typeof(ServiceProvider), provider).Any());
        Assert.Equal(known, !SettingsSchema.Validate(typeof(Settings), new JsonObject { ["password"] = reference }).Any());
        Assert.Equal(known, SecretReference.TryParse(reference, out _, out _));
    }

    [Fact]
    public void Should_make_up_nothing_to_see_whether_a_secret_changed()
    {
        var resolver = new SecretResolver(_data, _data);
        Assert.Null(resolver.Peek("generated:later"));
        Assert.False(File.Exists(Path.Combine(_data, "secrets", "later")));
        Assert.Equal(resolver.Resolve("generated:later"), resolver.Peek("generated:later"));
        Assert.Null(resolver.Peek("generated:../escape"));
    }

    [Theory]
    [InlineData("env:NO_SUCH_VARIABLE_HERE", "NO_SUCH_VARIABLE_HERE")]
    [InlineData("file:missing", "missing")]
    [InlineData("generated:../escape", "plain name")]
    [InlineData("hunter2", "reference")]
    public void Should_name_the_reference_that_leads_nowhere(string reference, string part)
    {
        var problem = Assert.Throws<SecretException>(() => new SecretResolver(_data, _data).Resolve(reference));
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem.Message, StringComparison.Ordinal);
    }

    private sealed record Settings
    {
        public required Secret Password { get; init; }
    }
}
