namespace Provisioning.Plugins.Isolation;

/// <summary>
/// The variables that the process of a connector gets. The host's own may hold secrets of other identity providers and of the database; a connector
/// gets its secrets in its settings, over the pipe.
/// </summary>
internal static class ChildEnvironment
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // To find programs and libraries, and a place for files.
        "PATH", "LD_LIBRARY_PATH", "HOME", "USERPROFILE", "TEMP", "TMP", "TMPDIR",

        // Windows does not run without them.
        "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "ProgramData", "ProgramFiles", "ProgramFiles(x86)", "APPDATA", "LOCALAPPDATA",
        "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "OS",

        // Language and time.
        "LANG", "LANGUAGE", "TZ", "TZDIR",

        // The way to the target: trusted certificates and proxies.
        "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    };

    // Of the runtime, of its globalization, and of the language.
    private static readonly string[] Beginnings = ["DOTNET_", "COMPlus_", "CLR_ICU_", "LC_"];

    /// <summary>Takes away everything else.</summary>
    public static void Reduce(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var name in environment.Keys.Where(x => !IsNeeded(x)).ToList())
            environment.Remove(name);
    }

    private static bool IsNeeded(string name) => Names.Contains(name) || Beginnings.Any(x => name.StartsWith(x, StringComparison.OrdinalIgnoreCase));
}
