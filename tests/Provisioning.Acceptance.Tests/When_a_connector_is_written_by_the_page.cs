using System.Diagnostics;

namespace Provisioning.Acceptance.Tests;

/// <summary>Runs the first section of the page for connector writers, word by word, on a folder and a package cache of its own.</summary>
public sealed class When_a_connector_is_written_by_the_page : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("page-").FullName;

    private static string Repository => Path.GetFullPath("../../../..", Path.GetDirectoryName(HostProcess.Folder)!);

    // A minute by itself: the slower suites run it.
    [Fact(Explicit = true)]
    public async Task Should_pass_the_kit_and_be_accepted_by_the_host()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the page is for a shell");
        var commands = Blocks(await File.ReadAllTextAsync(Path.Combine(Repository, "host", "docs", "connector-writers.md")), "## Your first connector");
        Assert.Equal(3, commands.Count);

        var (code, output) = await RunAsync(string.Join('\n', commands));
        Assert.True(code == 0, output);
        Assert.Contains("failed: 0", output, StringComparison.Ordinal);
        Assert.Matches("succeeded: [1-9][0-9]", output);
        Assert.Contains("packed 'contoso' 1.0.0", output, StringComparison.Ordinal);
        Assert.Contains("'contoso' 1.0.0 is ready: contoso", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static List<string> Blocks(string page, string heading)
    {
        var section = page[page.IndexOf(heading, StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", heading.Length, StringComparison.Ordinal)];
        return [.. section.Split("```bash\n").Skip(1).Select(x => x[..x.IndexOf("```", StringComparison.Ordinal)])];
    }

    private async Task<(int Code, string Output)> RunAsync(string commands)
    {
        var work = Directory.CreateDirectory(Path.Combine(_root, "work")).FullName;
        var script = Path.Combine(_root, "page.sh");
        await File.WriteAllTextAsync(script, $"set -e\nprovisioning() {{ dotnet \"{HostProcess.Folder}/provisioning.dll\" \"$@\"; }}\n{commands}");
        var start = new ProcessStartInfo("bash", [script]) { WorkingDirectory = work, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REPO"] = Repository;

        // Nothing of this machine's user is changed, and packages of the same version from an earlier run are not taken for these.
        start.Environment["DOTNET_CLI_HOME"] = _root;
        start.Environment["NUGET_FALLBACK_PACKAGES"] = start.Environment.TryGetValue("NUGET_PACKAGES", out var packages) ? packages
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "packages");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0] + texts[1]);
    }
}
