namespace Provisioning.Connectors;

/// <summary>A secret that never prints. In settings it is a reference such as <c>env:NAME</c> or <c>file:PATH</c>; the host resolves it.</summary>
public sealed class Secret(string value)
{
    private readonly string _value = value;

    /// <summary>The clear text. Call it at the moment of use and keep no copy.</summary>
    public string Reveal() => _value;

    /// <inheritdoc />
    public override string ToString() => "***";
}
