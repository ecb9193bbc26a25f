using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Provisioning.Host.Configuration;

/// <summary>Turns references into secrets: <c>env:</c>, <c>file:</c>, <c>generated:</c>, <c>credential:</c>.</summary>
internal sealed partial class SecretResolver(string dataFolder, string configFolder)
{
    public const string Pattern = "^(env|file|generated|credential):.+$";

    private readonly Lock _lock = new();

    /// <exception cref="SecretNotFoundException">Says what to do.</exception>
    public string Resolve(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var (scheme, name) = colon < 0 ? ("", "") : (reference[..colon], reference[(colon + 1)..]);
        return scheme switch
        {
            "env" => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new SecretNotFoundException($"'{reference}': the environment variable is not set"),
            "file" => Read(Path.Combine(configFolder, name), reference),
            "generated" => Generated(FileName(name, reference), reference),
            "credential" => Read(Path.Combine(Credentials(reference), FileName(name, reference)), reference),

            // What stands there may be the secret itself, so it is not repeated.
            _ => throw new SecretNotFoundException("is no secret reference; use env:NAME, file:PATH, generated:NAME or credential:NAME"),
        };
    }

    private string Generated(string name, string reference)
    {
        var folder = Path.Combine(dataFolder, "secrets");
        var file = Path.Combine(folder, name);
        lock (_lock)
        {
            if (!File.Exists(file))
                Generate(folder, file);
        }

        return Read(file, reference);
    }

    // Written beside and moved, so that a crash leaves no half secret, and a second process that was faster wins.
    private static void Generate(string folder, string file)
    {
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
            stream.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))));
        try
        {
            File.Move(temporary, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(temporary);
        }
    }

    private static string Read(string file, string reference)
    {
        try
        {
            var text = File.ReadAllText(file).TrimEnd('\r', '\n');
            return text.Length > 0 ? text : throw new SecretNotFoundException($"'{reference}': the file is empty");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SecretNotFoundException($"'{reference}': there is no file '{file}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretNotFoundException($"'{reference}': the file '{file}' cannot be read");
        }
    }

    private static string Credentials(string reference) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
            ? folder
            : throw new SecretNotFoundException($"'{reference}': $CREDENTIALS_DIRECTORY is not set; use LoadCredential= in the systemd unit");

    private static string FileName(string name, string reference) =>
        PlainName().IsMatch(name)
            ? name
            : throw new SecretNotFoundException($"'{reference}': the name may have letters, digits, dots and dashes only");

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\\z")]
    private static partial Regex PlainName();
}
