using System.Text.Json.Nodes;

namespace Provisioning.Core.Ledger;

/// <summary>
/// What may be at a target when it is not known whether a change arrived: every attribute, sub-attribute and member that was there or was
/// sent. Names and members count, values do not.
/// </summary>
public static class PossibleAttributes
{
    /// <summary>A group's members: account ids at the target.</summary>
    public const string Members = "members";

    /// <summary>What was there together with what was sent.</summary>
    public static JsonObject Union(JsonObject? known, JsonObject? sent)
    {
        var all = known?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in sent ?? [])
        {
            if (name == Members)
                all[name] = new JsonArray([.. MembersOf(known).Union(MembersOf(sent), StringComparer.Ordinal).Select(x => JsonValue.Create(x))]);
            else if (all[name] is null)
                all[name] = value?.DeepClone();
            else if (all[name] is JsonObject complex && value is JsonObject more)
                foreach (var (sub, part) in more)
                    complex[sub] ??= part?.DeepClone();
        }

        return all;
    }

    /// <summary>
    /// The base for a difference that sends all desired attributes and removes all others that may be at the target. The account is not read instead,
    /// because what is read may lag behind what was changed.
    /// </summary>
    public static JsonObject WithoutValuesOf(JsonObject desired, JsonObject? possible)
    {
        var rest = possible?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in desired)
        {
            if (value is not JsonObject complex)
                rest.Remove(name);
            else if (rest[name] is JsonObject before)
                foreach (var (sub, _) in complex)
                    before.Remove(sub);
            else
                rest[name] = new JsonObject();
        }

        return rest;
    }

    /// <summary>The members, without duplicates.</summary>
    public static IReadOnlySet<string> MembersOf(JsonObject? attributes) =>
        (attributes?[Members] as JsonArray)?.Select(x => x!.ToString()).ToHashSet(StringComparer.Ordinal) ?? [];
}
