using Provisioning.Host.Imports;

namespace Provisioning.Host.Tests;

public sealed class When_a_line_of_an_import_has_a_property_twice : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.jsonl");

    [Theory]
    [InlineData("""{"userName":"ada","userName":"eve"}""")]
    [InlineData("""{"userName":"ada","name":{"givenName":"Ada","givenName":"Eve"}}""")]
    public void Should_say_which_line(string line)
    {
        File.WriteAllLines(_path, ["""{"userName":"bob"}""", line]);
        var refused = Assert.Throws<FormatException>(() => UserFile.Read(_path).ToList());
        Assert.Contains($"'{_path}', line 2: ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);
}
