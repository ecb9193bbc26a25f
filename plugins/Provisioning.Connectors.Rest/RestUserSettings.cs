using System.ComponentModel;

namespace Provisioning.Connectors.Rest;

/// <summary>The operations on accounts.</summary>
public sealed class RestUserSettings : RestObjectSettings
{
    [Description("Disables the account $id.")]
    public RestOperation? Disable { get; set; }

    [Description("Enables the account $id.")]
    public RestOperation? Enable { get; set; }

    [Description("Sets the password of the account $id to $password.")]
    public RestOperation? SetPassword { get; set; }
}
