using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>What is known of the account while one attempt goes on. Kept when the attempt fails half-way.</summary>
internal sealed class ConvergeState(Assignment assignment)
{
    public AppliedState Applied { get; set; } = assignment.Applied;

    public JsonObject? Attributes { get; set; } = assignment.AppliedAttributes;

    public string? AccountId { get; set; } = assignment.AccountId;

    public bool Uncertain { get; set; } = assignment.Uncertain;

    public List<string> Operations { get; } = [];

    public void Forget()
    {
        Applied = AppliedState.Absent;
        Attributes = null;
        AccountId = null;
    }
}
