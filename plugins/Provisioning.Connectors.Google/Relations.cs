using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>The people a user is related to. A mapping names them by account id, Google by address.</summary>
internal sealed class Relations(GoogleApi api)
{
    private const string Name = "relations";

    /// <summary>Puts addresses in the place of account ids; a relation to nobody is left out.</summary>
    public async Task NameAsync(JsonObject body, Action<string> log, CancellationToken cancellationToken)
    {
        if (body[Name] is not JsonArray relations)
            return;
        foreach (var relation in relations.OfType<JsonObject>().ToList())
        {
            if (relation.Text("value") is not { } id || !IsId(id))
                continue;
            if (await api.FindAsync($"users/{Addresses.Segment(id)}?fields=id,primaryEmail", cancellationToken) is { } user && user.Text("primaryEmail") is { } email)
            {
                relation["value"] = email;
                continue;
            }

            relations.Remove(relation);
            log($"the relation '{relation.Text("type")}' is left out: no account has the id '{id}'");
        }
    }

    // Ids of users are numbers; whoever has no account here is named by an address or in words.
    private static bool IsId(string text) => text.Length is > 11 and < 25 && text.All(char.IsAsciiDigit);
}
