namespace Provisioning.Connectors.Scim11.Tests;

/// <summary>An error of SCIM 1.1.</summary>
internal sealed class Refusal(int status, string description) : Exception(description)
{
    public int Status { get; } = status;
}
