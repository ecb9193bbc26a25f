using System.Xml.Linq;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>An object that the fake provider keeps.</summary>
internal sealed record FakeObject(string Id, XElement Data)
{
    public bool Active { get; set; } = true;

    public string? Password { get; set; }

    public HashSet<(string Type, string Id)> References { get; init; } = [];

    /// <summary>A copy to change, so that a request that fails leaves nothing behind.</summary>
    public FakeObject Copy() => new(Id, new XElement(Data)) { Active = Active, Password = Password, References = [.. References] };
}
