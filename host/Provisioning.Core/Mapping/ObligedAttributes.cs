using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>Target attributes that an obligation of the policies sets, over what the mapping gave. They are held to the rules of a mapping.</summary>
internal static class ObligedAttributes
{
    /// <param name="attributes">The mapped attributes; this object is changed.</param>
    /// <param name="obliged">The values that obligations set, by target path.</param>
    /// <exception cref="MappingException">A path is none, leads nowhere, or names a secret.</exception>
    public static void Set(JsonObject attributes, IEnumerable<KeyValuePair<string, string>> obliged)
    {
        foreach (var (target, value) in obliged)
        {
            var path = PathOf(target);
            if (SecretNames.IsSecret(path.LastName))
                throw new MappingException(target, $"{SecretTarget.Advice}; an obligation of the policies cannot set it");
            if (!path.Set(attributes, value))
                throw new MappingException(target, "is set by an obligation of the policies, and the mapping gave a value without parts to what it is a part of");
        }
    }

    private static TargetPath PathOf(string target)
    {
        try
        {
            return TargetPath.Parse(target);
        }
        catch (FormatException exception)
        {
            throw new MappingException(target, $"is set by an obligation of the policies, and is no target path: {exception.Message}");
        }
    }
}
