using System.Globalization;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary>A leaver in a grace period: the account goes later, and nothing is to be done until then.</summary>
internal static class Leaving
{
    /// <summary>Shows <c>leaving</c> instead of <c>pending</c>, and when.</summary>
    public static JsonArray Show(JsonArray assignments, DateTimeOffset now)
    {
        foreach (var assignment in assignments.OfType<JsonObject>())
            if (Is(assignment, now))
                assignment["status"] = "leaving";
            else
                assignment["due"] = null;
        return assignments;
    }

    private static bool Is(JsonObject assignment, DateTimeOffset now) =>
        assignment["status"]?.ToString() == "pending"
        && assignment["desired"]?.ToString() is "disabled" or "absent"
        && assignment["attempts"]?.GetValue<int>() == 0
        && DateTimeOffset.TryParse(assignment["due"]?.ToString(), CultureInfo.InvariantCulture, out var due)
        && due > now;
}
