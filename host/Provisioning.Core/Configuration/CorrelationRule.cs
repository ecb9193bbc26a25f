using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Core.Reconciling;

namespace Provisioning.Core.Configuration;

/// <summary>An attribute of accounts that has the same value as an attribute of users.</summary>
public sealed record CorrelationRule
{
    [Required, Description("Attribute of the account at the target; dotted for a sub-attribute.")]
    public required string Account { get; init; }

    [Description("What it is of the user: userName (default), externalId or id.")]
    public CorrelationKey User { get; init; }
}
