using System.Text.Json.Serialization;

namespace Provisioning.Core.Configuration;

/// <summary>What happens when a match is found where we wanted to create.</summary>
public enum ExistingAccounts
{
    Adopt,

    /// <summary>Adopt unless it carries somebody else's ownership marker.</summary>
    [JsonStringEnumMemberName("adopt-if-unowned")]
    AdoptIfUnowned,
    Reject,
}
