using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Host.Configuration;

/// <summary>What a file with mistakes says all the same, so that everything else is checked in the same run, and nothing is said to be missing that is in it.</summary>
internal static partial class WrongFile
{
    private const int MostMistakes = 100;

    /// <summary>Takes away what does not fit the schema; false if what is left does not fit either.</summary>
    public static bool Reduce(JsonObject json, Type type)
    {
        for (var i = 0; i < MostMistakes; i++)
        {
            if (SettingsSchema.Validate(type, json).Select(x => x.Path).FirstOrDefault() is not { } path)
                return true;
            if (!Remove(json, path))
                return false;
        }

        return false;
    }

    /// <summary>All that may be the name of what the file describes.</summary>
    public static IEnumerable<string> Names(string file, string text) =>
        NameProperty().Matches(text).Select(x => x.Groups[1].Value).Append(Path.GetFileNameWithoutExtension(file));

    // Of something that is missing, what it is missing in.
    private static bool Remove(JsonObject root, string path)
    {
        JsonNode node = root;
        foreach (Match step in Step().Matches(path))
        {
            var next = node switch
            {
                JsonObject item => item[step.Value],
                JsonArray list when int.TryParse(step.Groups[1].Value, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
            if (next is null)
                return (node is JsonObject parent && parent.Remove(step.Value)) || Remove(node);
            node = next;
        }

        return Remove(node);
    }

    private static bool Remove(JsonNode node)
    {
        switch (node.Parent)
        {
            case JsonObject parent:
                return parent.Remove(node.GetPropertyName());
            case JsonArray list:
                list.Remove(node);
                return true;
            default:
                return false;
        }
    }

    [GeneratedRegex(@"\[([0-9]+)\]|[^.\[\]]+")]
    private static partial Regex Step();

    [GeneratedRegex("\"name\"\\s*:\\s*\"([^\"]*)\"")]
    private static partial Regex NameProperty();
}
