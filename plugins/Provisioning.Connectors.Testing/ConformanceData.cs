using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Testing;

/// <summary>Makes accounts and call facts for checks. Names are fresh each time, so that checks can share one target.</summary>
public class ConformanceData
{
    private readonly TimeProvider _time;

    /// <summary>Creates the data.</summary>
    public ConformanceData(TimeProvider time) => _time = time;

    /// <summary>An account that the target does not have yet. Override it for targets with other required attributes.</summary>
    public virtual NewAccount NewAccount()
    {
        var unique = Guid.NewGuid().ToString("N");
        return new NewAccount(unique, new JsonObject
        {
            ["userName"] = "check-" + unique,
            ["displayName"] = "Check Account",
            ["name"] = new JsonObject { ["givenName"] = "Check", ["familyName"] = "Account" },
        });
    }

    /// <summary>An id that no account has.</summary>
    public virtual string UnknownId() => Guid.NewGuid().ToString();

    /// <summary>The attribute that <see cref="NewAccount"/> sets and updates change.</summary>
    public virtual string ChangedAttribute => "displayName";

    /// <summary>The facts of one call.</summary>
    public OperationContext Context() =>
        new(Guid.NewGuid().ToString("N"), 1, _time.GetUtcNow() + TimeSpan.FromMinutes(1), static _ => { });

    /// <summary>The match key of an account.</summary>
    public MatchKey Key(NewAccount account) =>
        new(account.OwnershipMarker, NameOf(account)) { Attributes = account.Attributes };

    /// <summary>The unique name of an account.</summary>
    public virtual string NameOf(NewAccount account) => account.Attributes["userName"]!.ToString();
}
