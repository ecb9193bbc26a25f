using System.ComponentModel;

namespace Provisioning.Core.Configuration;

/// <summary>An attribute of an extension.</summary>
public sealed record ExtensionAttribute : ExtensionPart
{
    [Description("The parts of a complex attribute.")]
    public IReadOnlyList<ExtensionPart> SubAttributes { get; init; } = [];
}
