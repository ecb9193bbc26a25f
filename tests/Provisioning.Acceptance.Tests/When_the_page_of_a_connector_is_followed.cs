using System.Text.RegularExpressions;

namespace Provisioning.Acceptance.Tests;

/// <summary>The identity providers that the pages of our connectors show are taken as they stand, with the secrets they name.</summary>
public sealed partial class When_the_page_of_a_connector_is_followed
{
    private static string Plugins => Path.GetFullPath("../../../../../plugins", HostProcess.Folder);

    [Fact]
    public async Task Should_be_a_valid_configuration()
    {
        var examples = Directory.EnumerateDirectories(Plugins).Select(plugin => Path.Combine(plugin, "README.md")).Where(File.Exists)
            .SelectMany(page => Example().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value))
            .Where(text => text.Contains("\"connector\":", StringComparison.Ordinal))
            .ToList();
        Assert.True(examples.Count >= 7, $"only {examples.Count} pages have an example");

        var config = new ScratchConfig();
        foreach (var text in examples)
        {
            config.IdentityProvider(Name().Match(text).Groups[1].Value, text);
            foreach (Match reference in Reference().Matches(text))
                Provide(config.Root, reference.Groups[1].Value, reference.Groups[2].Value);
        }

        await using var host = new HostProcess();
        var (code, output) = await host.CommandAsync($"config validate --config {config.Root}", withData: false);
        Assert.True(code == 0, output);
        Directory.Delete(config.Root, recursive: true);
    }

    private static void Provide(string root, string kind, string name)
    {
        if (kind == "env")
            Environment.SetEnvironmentVariable(name, "only for the example");
        else
            File.WriteAllText(Path.Combine(root, name), "only for the example");
    }

    [GeneratedRegex("```json\n(\\{.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("\"name\": \"([a-z0-9.-]+)\"")]
    private static partial Regex Name();

    [GeneratedRegex("\"(env|file):([^\"/]+)\"")]
    private static partial Regex Reference();
}
