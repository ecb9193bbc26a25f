using System.Buffers.Text;
using System.Security.Cryptography;
using Provisioning.Core.Configuration;
using Provisioning.Storage;

namespace Provisioning.Host.Configuration;

/// <summary>Turns references into secrets. Its messages name the reference, never the value.</summary>
internal sealed class SecretResolver(string dataFolder, string configFolder)
{
    private const string CredentialsDirectory = "CREDENTIALS_DIRECTORY";

    public string SecretsFolder => Path.Combine(dataFolder, "secrets");

    /// <exception cref="SecretException">The reference is malformed or leads nowhere.</exception>
    public string Resolve(string reference)
    {
        if (!SecretReference.TryParse(reference, out var scheme, out var name))
            throw new SecretException($"a secret must be a reference: {SecretReference.Forms}");
        return scheme switch
        {
            SecretReference.Environment => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new SecretException($"environment variable '{name}' is not set"),
            SecretReference.File => ReadFile(Path.Combine(configFolder, name), reference),
            SecretReference.Credential => ReadFile(Path.Combine(
                Environment.GetEnvironmentVariable(CredentialsDirectory) ?? throw new SecretException($"'{reference}': the service has no credentials directory"), Plain(name)), reference),
            _ => Generated(Plain(name), reference),
        };
    }

    /// <summary>The secret as it is now; null if there is none. Makes up nothing.</summary>
    public string? Peek(string reference)
    {
        try
        {
            return SecretReference.TryParse(reference, out var scheme, out var name) && (scheme != SecretReference.Generated || File.Exists(Path.Combine(SecretsFolder, Plain(name))))
                ? Resolve(reference)
                : null;
        }
        catch (SecretException)
        {
            return null;
        }
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

    private string Generated(string name, string reference)
    {
        var path = Path.Combine(SecretsFolder, name);
        if (File.Exists(path))
            return ReadFile(path, reference);
        try
        {
            DataFile.EnsureFolder(SecretsFolder);
            var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            DataFile.Write(path, value);
            return value;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"'{reference}' cannot be made in '{SecretsFolder}': {exception.Message}");
        }
    }
}
