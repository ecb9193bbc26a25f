namespace Provisioning.Connectors.Spml.Tests;

/// <summary>How the fake provider behaves where the standard leaves a choice.</summary>
internal sealed class FakeOptions
{
    public bool Xsd { get; init; }

    public HashSet<string> Capabilities { get; init; } = ["search", "suspend", "password", "batch", "reference", "async"];

    /// <summary>The most objects in one answer, whatever the request says.</summary>
    public int PageLimit { get; init; } = 3;

    /// <summary>Runs nothing at once: each request is answered "pending".</summary>
    public bool AlwaysLater { get; init; }

    /// <summary>Refuses to add what is there, to remove what is not, and to suspend who is suspended.</summary>
    public bool RefusesRedundancy { get; init; }

    /// <summary>Wants the modifications of the DSML profile inside of a data element.</summary>
    public bool ModificationsInData { get; init; }

    public string? UserName { get; init; }

    public string? PasswordOfHost { get; init; }

    /// <summary>Looks at the WS-Security header instead of HTTP's.</summary>
    public bool UsesUsernameToken { get; init; }
}
