using System.Diagnostics;
using System.Reflection;

namespace Provisioning.Plugins.Isolation;

/// <summary>How to start a process that runs <see cref="ConnectorChild"/>.</summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">Its arguments; never secrets, which go over the pipe.</param>
public sealed record ChildLauncher(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The hidden command of the host's executable.</summary>
    public const string Command = "connector-child";

    /// <summary>The executable that runs now, with the hidden command.</summary>
    public static ChildLauncher ThisExecutable()
    {
        var own = Environment.ProcessPath ?? throw new InvalidOperationException("the path of the executable is not known");
        var isDotnet = Path.GetFileNameWithoutExtension(own).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new(own, isDotnet ? [Assembly.GetEntryAssembly()!.Location, Command] : [Command]);
    }

    internal Process Start()
    {
        var start = new ProcessStartInfo(FileName, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        ChildEnvironment.Reduce(start.Environment);
        return Process.Start(start) ?? throw new InvalidOperationException($"'{FileName}' could not be started");
    }
}
