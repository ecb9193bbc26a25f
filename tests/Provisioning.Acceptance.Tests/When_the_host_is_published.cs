using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>The folder an operator installs, started as the unit of the operators' page starts it.</summary>
[SupportedOSPlatform("linux")]
public sealed class When_the_host_is_published
{
    private readonly string _folder = TestFolder.Create();

    [Fact(Explicit = true)]
    public async Task Should_run_the_sample_with_its_connectors_and_tell_systemd_when_it_listens_and_stops()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is on Linux");
        var installed = await PublishAsync();
        Assert.Equal(Folders(Path.Combine(HostProcess.Folder, "plugins")), Folders(Path.Combine(installed, "plugins")));

        // The path may have no more than 108 characters.
        var path = Path.Combine(Path.GetTempPath(), $"notify-{Environment.ProcessId}");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var parent = Start(Command(installed), path);
        var host = await parent.StandardOutput.ReadLineAsync();
        try
        {
            Assert.Contains("READY=1", Receive(systemd), StringComparison.Ordinal);
            await HostProcess.UntilAsync(() => Task.FromResult(Rows("staff-directory") == 6));

            await Process.Start("kill", $"-TERM {host}").WaitForExitAsync();
            Assert.Contains("STOPPING=1", Receive(systemd), StringComparison.Ordinal);
            await parent.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(0, parent.ExitCode);
        }
        finally
        {
            parent.Kill(entireProcessTree: true);
            File.Delete(path);
        }
    }

    private async Task<string> PublishAsync()
    {
        var project = Path.GetFullPath(Path.Combine(HostProcess.Folder, "../../.."));
        var configuration = Path.GetFileName(Path.GetDirectoryName(HostProcess.Folder))!;
        var output = Path.Combine(_folder, "installed");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "--no-build", "-c", configuration, "-o", output]) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, said);
        return output;
    }

    /// <summary>The unit's command, with the folders of this test and the sample that is beside the executable.</summary>
    private string Command(string installed)
    {
        var unit = Path.GetFullPath(Path.Combine(HostProcess.Folder, "../../../../docs/provisioning.service"));
        var command = File.ReadLines(unit).Single(x => x.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        return command.Replace("/opt/provisioning", installed, StringComparison.Ordinal).Replace("/etc/provisioning", installed, StringComparison.Ordinal)
            .Replace("/var/lib/provisioning", Data, StringComparison.Ordinal).Replace(":8080", ":0", StringComparison.Ordinal);
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The parent's name is what tells a process that it is a unit.</summary>
    private Process Start(string command, string notifySocket)
    {
        var parent = Path.Combine(_folder, "systemd");
        File.WriteAllText(parent, $"#!/bin/sh\n{command} >&2 &\necho $!\nwait $!\n");
        File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(parent) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NOTIFY_SOCKET"] = notifySocket;
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return process;
    }

    private int Rows(string identityProvider)
    {
        var file = Path.Combine(Data, "accounts", identityProvider + ".csv");
        return File.Exists(file) ? File.ReadLines(file).Count(x => x.Length > 0) - 1 : 0;
    }

    private static string Receive(Socket socket)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(folder).Select(x => Path.GetFileName(x)!).Order(StringComparer.Ordinal);
}
