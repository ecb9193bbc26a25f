using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Acme.Connector;

/// <summary>An account as the target keeps it.</summary>
internal sealed record StoredAccount(string Id, string Marker, bool Enabled, JsonObject Attributes)
{
    public string Name => Attributes["userName"]?.ToString() ?? "";

    public Account ToAccount() => new(Id, Attributes.DeepClone().AsObject(), Enabled);

    /// <summary>Takes over what changed, the marker of a new owner included, and leaves everything else.</summary>
    public StoredAccount With(AccountDelta delta)
    {
        var attributes = Attributes.DeepClone().AsObject();
        foreach (var change in delta.Changes)
        {
            var owner = attributes;
            if (change.SubAttribute is not null)
            {
                if (attributes[change.Attribute] is not JsonObject)
                    attributes[change.Attribute] = new JsonObject();
                owner = attributes[change.Attribute]!.AsObject();
            }

            var name = change.SubAttribute ?? change.Attribute;
            if (change.Value is null)
                owner.Remove(name);
            else
                owner[name] = change.Value.DeepClone();
        }

        return this with { Attributes = attributes, Enabled = delta.Enabled ?? Enabled, Marker = delta.Marker ?? Marker };
    }
}
