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
}
