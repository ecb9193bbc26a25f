using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Testing;

/// <summary>Makes accounts and call facts for checks. Names are fresh each time, so that checks can share one target.</summary>
public class ConformanceData
{
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<string> _log = new();

    /// <summary>Creates the data.</summary>
    public ConformanceData(TimeProvider time) => _time = time;

    /// <summary>The attribute that <see cref="NewAccount"/> sets and updates change; <c>name.givenName</c> for a sub-attribute.</summary>
    public virtual string ChangedAttribute => "displayName";

    /// <summary>An attribute that an account can be without, or null when the target has none.</summary>
    public virtual string? RemovableAttribute => ChangedAttribute;

    /// <summary>The attribute that <see cref="NameOf"/> reads, or null when the target cannot rename.</summary>
    public virtual string? NameAttribute => "userName";

    /// <summary>The attribute of a group that updates change.</summary>
    public virtual string ChangedGroupAttribute => "displayName";

    /// <summary>Whether an update writes the marker of an object that is adopted; false for a target that keeps no markers.</summary>
    public virtual bool WritesMarkers => true;

    /// <summary>A text full of what query languages, markup and escaping stumble over. Override it for targets that refuse some of it.</summary>
    public virtual string AwkwardText => "O'Neil \"Q\" \\ /; -- #<b>&amp;</b> (*) ,+= %s {0} ${x} é ß 漢字 😀";

    /// <summary>A password that the target accepts. Checked to be in no log and no exception.</summary>
    public virtual string Password => "Kx7!conformance-Check";

    /// <summary>How many accounts a listing check creates; more than a page of the target.</summary>
    public virtual int ListedAccounts => 5;

    /// <summary>How many members the largest group of a check has; more than one request may carry.</summary>
    public virtual int ManyMembers => 12;

    /// <summary>What the connector wrote to the log of its calls.</summary>
    public IReadOnlyCollection<string> Log => _log;

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

    /// <summary>A group that the target does not have yet.</summary>
    public virtual NewAccount NewGroup()
    {
        var unique = Guid.NewGuid().ToString("N");
        return new NewAccount(unique, new JsonObject { ["displayName"] = "check-group-" + unique });
    }

    /// <summary>An id that no account has.</summary>
    public virtual string UnknownId() => Guid.NewGuid().ToString();

    /// <summary>The facts of one call.</summary>
    public OperationContext Context() =>
        new(Guid.NewGuid().ToString("N"), 1, _time.GetUtcNow() + TimeSpan.FromMinutes(1), _log.Enqueue);

    /// <summary>The match key of an account.</summary>
    public MatchKey Key(NewAccount account) =>
        new(account.OwnershipMarker, NameOf(account)) { Attributes = account.Attributes };

    /// <summary>The unique name of an account.</summary>
    public virtual string NameOf(NewAccount account) => account.Attributes["userName"]!.ToString();

    /// <summary>The unique name of a group.</summary>
    public virtual string GroupNameOf(NewAccount group) => group.Attributes["displayName"]!.ToString();
}
