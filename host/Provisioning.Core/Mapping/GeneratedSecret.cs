using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Core.Mapping;

/// <summary>
/// A place in desired attributes where a random password belongs. The ledger keeps the place, never the password: it is made for the call that
/// creates the account, and nobody keeps it. An update leaves it alone.
/// </summary>
public static class GeneratedSecret
{
    internal const string Key = "$generate";
    private const string LengthKey = "length";
    private const string PasswordKind = "password";
    private const int Default = 24;
    private const int Least = 8;
    private const int Most = 128;

    /// <summary>The place of a password.</summary>
    /// <param name="length">8 to 128 characters; null for 24.</param>
    /// <exception cref="ScriptFault">Another length.</exception>
    internal static JsonObject Password(double? length) => length is null or (>= Least and <= Most)
        ? new JsonObject { [Key] = PasswordKind, [LengthKey] = (int)(length ?? Default) }
        : throw new ScriptFault($"randomPassword({length}) makes no password; it has {Least} to {Most} characters");

    /// <summary>Whether a value is such a place.</summary>
    public static bool Is(JsonNode? node) =>
        node is JsonObject { Count: 2 } place && place[Key] is JsonValue kind && kind.TryGetValue<string>(out var text) && text == PasswordKind;

    /// <summary>The attributes for the call that creates an account: each place has a password of its own.</summary>
    /// <returns>The same object if there is no such place, else a copy.</returns>
    public static JsonObject Reveal(JsonObject attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (!IsIn(attributes))
            return attributes;
        var revealed = attributes.DeepClone().AsObject();
        ReplaceIn(revealed);
        return revealed;
    }

    /// <summary>What is known and what is desired, for an update: without the secrets that either of them has.</summary>
    public static (JsonObject Known, JsonObject Desired) Withhold(JsonObject known, JsonObject desired)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(desired);
        if (!IsIn(known) && !IsIn(desired))
            return (known, desired);
        var result = (Known: known.DeepClone().AsObject(), Desired: desired.DeepClone().AsObject());
        RemoveFrom(result.Known, result.Desired);
        RemoveFrom(result.Desired, result.Known);
        return result;
    }

    private static bool IsIn(JsonNode? node) => node switch
    {
        JsonObject complex => Is(complex) || complex.Any(x => IsIn(x.Value)),
        JsonArray list => list.Any(IsIn),
        _ => false,
    };

    private static void ReplaceIn(JsonNode? node)
    {
        if (node is JsonObject complex)
            foreach (var (name, value) in complex.ToList())
                if (Is(value))
                    complex[name] = Make(value!);
                else
                    ReplaceIn(value);
        else if (node is JsonArray list)
            for (var i = 0; i < list.Count; i++)
                if (Is(list[i]))
                    list[i] = Make(list[i]!);
                else
                    ReplaceIn(list[i]);
    }

    private static void RemoveFrom(JsonObject attributes, JsonObject? counterpart)
    {
        foreach (var (name, value) in attributes.Where(x => IsIn(x.Value)).ToList())
        {
            if (value is JsonObject complex && !Is(complex))
            {
                RemoveFrom(complex, counterpart?[name] as JsonObject);
                RemoveIfEmpty(attributes, name);
                RemoveIfEmpty(counterpart, name);
            }
            else
            {
                attributes.Remove(name);
                counterpart?.Remove(name);
            }
        }
    }

    private static void RemoveIfEmpty(JsonObject? attributes, string name)
    {
        if (attributes?[name] is JsonObject { Count: 0 })
            attributes.Remove(name);
    }

    private static string Make(JsonNode place)
    {
        var length = place[LengthKey] is JsonValue value && value.TryGetValue<int>(out var wanted) ? Math.Clamp(wanted, Least, Most) : Default;
        return RandomPassword.Make(length).Reveal();
    }
}
