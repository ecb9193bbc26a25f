using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Acceptance.Tests;

/// <summary>The example on the page of each connector is a configuration that the host accepts.</summary>
public sealed partial class When_the_pages_of_connectors_are_followed
{
    private static readonly string s_plugins = Path.GetFullPath(Path.Combine(HostProcess.Folder, "../../../../../plugins"));

    [Fact]
    public async Task Should_accept_every_example()
    {
        var config = new ScratchConfig();
        await File.WriteAllTextAsync(Path.Combine(config.Root, "secret"), "of the example");
        var examples = Directory.GetFiles(s_plugins, "README.md", SearchOption.AllDirectories).SelectMany(Examples).ToList();
        foreach (var example in examples)
            config.IdentityProvider(example["name"]!.ToString(), Secret().Replace(example.ToJsonString(), "\"file:secret\""));
        await using var host = new HostProcess();
        var (exitCode, output) = await host.CommandAsync($"config validate --config {config.Root}");
        Assert.True(exitCode == 0, output);
        var connectors = examples.Select(example => example["connector"]!.ToString()).ToList();
        Assert.Superset(new HashSet<string>(["google", "salesforce", "entra"]), new HashSet<string>(connectors));
    }

    // Other blocks are parts of settings.
    private static IEnumerable<JsonObject> Examples(string page) => Block().Matches(File.ReadAllText(page))
        .Select(block => block.Groups[1].Value).Where(text => text.Contains("\"connector\"", StringComparison.Ordinal))
        .Select(text => JsonNode.Parse(text)!.AsObject());

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    // What the example keeps in the environment or in files is not there.
    [GeneratedRegex("\"(env|file):[^\"]*\"")]
    private static partial Regex Secret();
}
