using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Configuration;

/// <summary>Reads one kind of configuration file into its type, collecting every problem.</summary>
internal static class ConfigurationFiles
{
    public const string ServiceProviders = "service-providers";
    public const string IdentityProviders = "identity-providers";
    public const string Schemas = "schemas";
    public const string Imports = "imports";

    /// <param name="unread">Gets what may be the names of those that cannot be read at all. Of others with mistakes, what is right is returned.</param>
    public static IReadOnlyList<(string File, T Value)> Read<T>(string root, string folder, List<ConfigurationProblem> problems, HashSet<string> unread)
        where T : class
    {
        var result = new List<(string, T)>();
        foreach (var path in List(Path.Combine(root, folder)))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            var text = File.ReadAllText(path);
            try
            {
                if (ConfigurationJson.Parse(text) is not JsonObject json)
                {
                    problems.Add(new ConfigurationProblem(file, "", "must be a JSON object"));
                    unread.UnionWith(WrongFile.Names(file, text));
                    continue;
                }

                json.Remove("$schema");
                problems.AddRange(SettingsSchema.Validate(typeof(T), json).Select(x => new ConfigurationProblem(file, x.Path, x.Message)));
                if (WrongFile.Reduce(json, typeof(T)))
                    result.Add((file, json.Deserialize<T>(ConfigurationJson.Options())!));
                else
                    unread.UnionWith(WrongFile.Names(file, text));
            }
            catch (JsonException exception)
            {
                problems.Add(new ConfigurationProblem(file, At(exception), Reason(exception)));
                unread.UnionWith(WrongFile.Names(file, text));
            }
        }

        return result;
    }

    /// <summary>
    /// Whether the folder says which service providers there are. A folder without any file, or without the folder of service providers, is not
    /// mounted, or is another one; one that has identity providers and an empty folder beside them says that there are none.
    /// </summary>
    public static bool SaysServiceProviders(string root)
    {
        var folder = Path.Combine(root, ServiceProviders);
        return List(folder).Any() || (Directory.Exists(folder) && List(Path.Combine(root, IdentityProviders)).Any());
    }

    /// <summary>A hash of all files, so that a change is seen however it was made.</summary>
    public static string Revision(string root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in List(Path.Combine(root, ServiceProviders)).Concat(List(Path.Combine(root, IdentityProviders))).Concat(List(Path.Combine(root, Schemas))))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(root, path) + "\0"));
            hash.AppendData(File.ReadAllBytes(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>Changes with every file that is read again while the host runs. Only those of the revision make everybody be planned again.</summary>
    public static string Fingerprint(string root)
    {
        var retention = Path.Combine(root, RetentionFile.Name);
        return Revision(root) + (File.Exists(retention) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(retention))) : "")
            + string.Join('\n', StrayFiles.Find(root).Select(x => x.File));
    }

    public static string At(JsonException exception) =>
        exception.Path is { Length: > 2 } path ? path.TrimStart('$', '.')
        : exception.LineNumber is { } line ? $"line {line + 1}" : "";

    // The parser appends its own "Path: … | LineNumber: …", which is said better before.
    public static string Reason(JsonException exception)
    {
        var message = exception.Message;
        var tail = message.IndexOf(" Path: ", StringComparison.Ordinal);
        tail = tail < 0 ? message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : tail;
        return tail < 0 ? message : message[..tail];
    }

    private static IEnumerable<string> List(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal) : [];
}
