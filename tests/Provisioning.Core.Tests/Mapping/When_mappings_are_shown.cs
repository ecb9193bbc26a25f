using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

/// <summary>What documents show is copied: it must suit everybody, whatever parts of a user are missing.</summary>
public sealed class When_mappings_are_shown
{
    private const string Full = """
        {
          "userName": "ada", "externalId": "e1", "displayName": "Ada Byron", "nickName": "a", "profileUrl": "https://x", "title": "t", "userType": "u",
          "preferredLanguage": "en", "locale": "en", "timezone": "UTC", "active": true,
          "name": { "formatted": "f", "familyName": "Byron", "givenName": "Ada", "middleName": "m", "honorificPrefix": "p", "honorificSuffix": "s" },
          "emails": [ { "value": "a@x", "type": "work", "primary": true }, { "value": "b@x", "type": "home" } ], "phoneNumbers": [ { "value": "1", "type": "work" } ],
          "ims": [ { "value": "i" } ], "photos": [ { "value": "p" } ], "entitlements": [ { "value": "e" } ], "roles": [ { "value": "r" } ],
          "addresses": [ { "streetAddress": "1 Main Street", "locality": "Town", "postalCode": "1", "country": "AT", "primary": true } ],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "employeeNumber": "1", "costCenter": "c", "organization": "o", "division": "d", "department": "x", "manager": { "value": "m", "displayName": "M" } }
        }
        """;

    private static readonly string[] Leftovers = ["undefined", "NaN", "Infinity", "[object", "Invalid Date", "null"];

    [Fact]
    public void Should_find_those_that_there_are()
    {
        var places = ShownMappings.All().Select(x => x.Place[..x.Place.IndexOf(' ', StringComparison.Ordinal)]).Distinct().ToList();
        foreach (var file in (string[])["host/docs/operators.md", "host/config/identity-providers/staff-directory.json", "plugins/Provisioning.Connectors.Ldap/README.md"])
            Assert.Contains(file, places);
        Assert.InRange(places.Count, 9, int.MaxValue);
    }

    [Fact]
    public void Should_have_nothing_to_say_about_them() =>
        Assert.Empty(ShownMappings.All().SelectMany(x => MappingCheck.Examine(x.Mapping) is var check ? check.Problems.Concat(check.Warnings).Select(y => $"{x.Place}: {y}") : []));

    [Fact]
    public void Should_map_everybody_whatever_is_missing()
    {
        var users = Users().ToList();
        Assert.InRange(users.Count, 100, 1000);
        foreach (var (place, source) in ShownMappings.All())
        {
            var mapping = AttributeMapping.Compile(source);
            foreach (var user in users)
            {
                var text = Map(mapping, user, place).ToJsonString();
                Assert.All(Leftovers, x => Assert.False(text.Contains(x, StringComparison.Ordinal), $"{place}: {text} of {user.ToJsonString()}"));
            }
        }
    }

    private static JsonObject Map(AttributeMapping mapping, JsonObject user, string place)
    {
        try
        {
            return mapping.Map(user, null);
        }
        catch (MappingException exception) when (exception.Message.EndsWith("is required and has no value for this user", StringComparison.Ordinal))
        {
            return [];
        }
        catch (MappingException exception)
        {
            throw new InvalidOperationException($"{place}: {exception.Message} for {user.ToJsonString()}");
        }
    }

    // Everything, nothing but a name, and everything without each part, or with each part empty.
    private static IEnumerable<JsonObject> Users()
    {
        yield return JsonNode.Parse(Full)!.AsObject();
        yield return new JsonObject { ["userName"] = "ada" };
        foreach (var path in Paths(JsonNode.Parse(Full)!).Where(x => x is not ["userName"]))
        {
            foreach (var replacement in (JsonNode?[])[null, "", new JsonArray(), new JsonObject()])
            {
                var user = JsonNode.Parse(Full)!.AsObject();
                if (Replace(user, path, replacement))
                    yield return user;
            }
        }
    }

    // Parts get an empty value of their own type only, and none at all.
    private static bool Replace(JsonNode user, IReadOnlyList<object> path, JsonNode? replacement)
    {
        foreach (var step in path.SkipLast(1))
            user = step is int index ? user[index]! : user[(string)step]!;
        var old = path[^1] is int position ? user[position] : user[(string)path[^1]];
        if (replacement is not null && replacement.GetValueKind() != old!.GetValueKind())
            return false;
        switch (user)
        {
            case JsonArray list when replacement is null:
                list.RemoveAt((int)path[^1]);
                break;
            case JsonArray list:
                list[(int)path[^1]] = replacement;
                break;
            case JsonObject complex when replacement is null:
                complex.Remove((string)path[^1]);
                break;
            default:
                user[(string)path[^1]] = replacement;
                break;
        }

        return true;
    }

    private static IEnumerable<IReadOnlyList<object>> Paths(JsonNode node)
    {
        var parts = node switch
        {
            JsonObject complex => complex.Select(x => (Step: (object)x.Key, x.Value)),
            JsonArray list => list.Select((x, i) => (Step: (object)i, Value: x)),
            _ => [],
        };
        foreach (var (step, part) in parts)
        {
            yield return [step];
            foreach (var inner in Paths(part!))
                yield return [step, .. inner];
        }
    }
}
