using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>What a provider says about the target that is used: its profile, capabilities and schema.</summary>
internal sealed record SpmlTarget(string? Profile, IReadOnlySet<string> Capabilities, XElement? Schema)
{
    public const string Search = "search";
    public const string Suspend = "suspend";
    public const string Password = "password";
    public const string Batch = "batch";
    public const string References = "reference";

    public bool Has(string capability) => Capabilities.Contains(capability);

    /// <summary>A target that says nothing about itself.</summary>
    public static SpmlTarget Configured(IEnumerable<string> capabilities) =>
        new(null, capabilities.ToHashSet(StringComparer.OrdinalIgnoreCase), null);

    /// <summary>Chooses the target in an answer to listTargets.</summary>
    public static SpmlTarget Read(XElement response, string? wanted)
    {
        var targets = response.Elements(Core + "target").ToList();
        var target = wanted is { Length: > 0 }
            ? targets.Find(candidate => (string?)candidate.Attribute("targetID") == wanted)
            : targets.Count == 1 ? targets[0] : null;
        if (target is null)
        {
            var known = string.Join("', '", targets.Select(candidate => (string?)candidate.Attribute("targetID")));
            throw new ConnectorException(
                FailureKind.Misconfigured,
                wanted is { Length: > 0 }
                    ? $"the provider has no target '{wanted}', but '{known}': correct targetId"
                    : $"the provider has the targets '{known}': set targetId to one of them");
        }

        var capabilities = target.Elements(Core + "capabilities").Elements(Core + "capability")
            .Select(capability => ((string?)capability.Attribute("namespaceURI") ?? "").Split(':')[^1]);
        return Configured(capabilities) with
        {
            Profile = (string?)target.Attribute("profile"),
            Schema = target.Element(Core + "schema"),
        };
    }
}
