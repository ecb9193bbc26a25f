using System.Buffers.Text;
using System.Security.Cryptography;

namespace Provisioning.Host.Configuration;

/// <summary>Turns references into secrets. Its messages name the reference, never the value.</summary>
internal sealed class SecretResolver(string dataFolder, string configFolder)
{
    public const string Pattern = "^(env|file|generated|credential):.+$";

    public string SecretsFolder => Path.Combine(dataFolder, "secrets");

    /// <exception cref="SecretException">The reference is malformed or leads nowhere.</exception>
    public string Resolve(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var (scheme, name) = colon < 0 ? ("", reference) : (reference[..colon], reference[(colon + 1)..]);
        return scheme switch
        {
            "env" => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new SecretException($"environment variable '{name}' is not set"),
            "file" => ReadFile(Path.Combine(configFolder, name), reference),
            "credential" => ReadFile(
                Path.Combine(Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") ?? throw new SecretException($"'{reference}': the service has no credentials directory"), Plain(name)), reference),
            "generated" => Generated(Plain(name)),
            _ => throw new SecretException("a secret must be a reference: env:NAME, file:PATH, credential:NAME or generated:NAME"),
        };
    }

    private static string ReadFile(string path, string reference)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } value ? value : throw new SecretException($"'{reference}' is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"'{reference}' cannot be read");
        }
    }

    private static string Plain(string name) =>
        name == Path.GetFileName(name) && name is not ("" or "." or "..") ? name : throw new SecretException($"'{name}' must be a plain name");

    private string Generated(string name)
    {
        var path = Path.Combine(SecretsFolder, name);
        if (File.Exists(path))
            return ReadFile(path, $"generated:{name}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(SecretsFolder);
        else
            Directory.CreateDirectory(SecretsFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(temporary, options))
            writer.Write(value);
        File.Move(temporary, path, overwrite: true);
        return value;
    }
}
