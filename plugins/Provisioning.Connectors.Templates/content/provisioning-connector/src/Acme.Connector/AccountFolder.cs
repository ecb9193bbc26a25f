using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Acme.Connector;

/// <summary>The target: put the client of your own in its place. It turns what goes wrong into failures the host can act on.</summary>
internal sealed class AccountFolder(string path)
{
    /// <summary>Null when the target can be used, else a sentence that says what is wrong.</summary>
    public string? Problem => Directory.Exists(Path.GetDirectoryName(path)) ? null : $"the folder '{Path.GetDirectoryName(path)}' does not exist";

    public IEnumerable<StoredAccount> All()
    {
        if (!Directory.Exists(path))
            yield break;
        foreach (var file in Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal))
        {
            if (Read(file) is { } account)
                yield return account;
        }
    }

    public StoredAccount? Find(string id) => Path.GetFileName(id) == id ? Read(FileOf(id)) : null;

    public void Write(StoredAccount account)
    {
        try
        {
            Directory.CreateDirectory(path);
            var json = new JsonObject
            {
                ["marker"] = account.Marker, ["enabled"] = account.Enabled, ["attributes"] = account.Attributes.DeepClone(),
            };

            // Whole or not at all: readers never see half a file.
            var temporary = Path.Combine(path, $"{account.Id}.new");
            File.WriteAllText(temporary, json.ToJsonString());
            File.Move(temporary, FileOf(account.Id), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConnectorException(FailureKind.Transient, $"the folder '{path}' cannot be written: {exception.Message}", exception);
        }
    }

    public void Delete(string id)
    {
        if (Find(id) is not null)
            File.Delete(FileOf(id));
    }

    private string FileOf(string id) => Path.Combine(path, id + ".json");

    private static StoredAccount? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!;
            return new StoredAccount(
                Path.GetFileNameWithoutExtension(file), json["marker"]!.ToString(), json["enabled"]!.GetValue<bool>(), json["attributes"]!.AsObject());
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new ConnectorException(FailureKind.Rejected, $"the file '{file}' is no account", exception);
        }
    }
}
