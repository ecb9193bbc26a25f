using Provisioning.Connectors;
using Provisioning.Connectors.Testing;

namespace Provisioning.Testing;

/// <summary>A target that works, with an account, and the call that is to fail. A fault changes whatever it takes.</summary>
internal sealed class FaultScene<TTarget>(TTarget target, IConnector connector, ConformanceData data, string operation)
{
    public TTarget Target => target;

    /// <summary>The operation that is called.</summary>
    public string Operation => operation;

    /// <summary>Whether the operation only reads.</summary>
    public bool Reads => operation is "find" or "list";

    /// <summary>The connector that is called. A fault of the settings replaces it by one with other settings.</summary>
    public IConnector Connector { get; set; } = connector;

    /// <summary>What ends with the call, beside the connector.</summary>
    public List<IAsyncDisposable> Owned { get; } = [];

    /// <summary>The account that is there, as it was created.</summary>
    public NewAccount There { get; set; } = data.NewAccount();

    /// <summary>The id of the account that is there.</summary>
    public string Id { get; set; } = "";

    /// <summary>The account that is to be created.</summary>
    public NewAccount New { get; set; } = data.NewAccount();

    /// <summary>The attribute that is to change, and its new value.</summary>
    public (string Name, string Value) Change { get; set; } = (data.ChangedAttribute, "Changed");

    public Secret Password { get; set; } = new(data.Password);

    /// <summary>The facts of a call.</summary>
    public OperationContext Context => data.Context();

    /// <summary>What the account that is there is found by.</summary>
    public MatchKey Key => data.Key(There);

    public AccountDelta Delta
    {
        get
        {
            var (name, part) = Change.Name.Split('.') is [var owner, var inner] ? (owner, inner) : (Change.Name, null);
            var desired = There.Attributes.DeepClone().AsObject();
            if (part is null)
                desired[name] = Change.Value;
            else
                desired[name]!.AsObject()[part] = Change.Value;
            return new AccountDelta([new AttributeChange(name, part, Change.Value)], desired);
        }
    }

    /// <summary>Writes a value with the account that is to be created, and with the change.</summary>
    public void Write(string attribute, string value)
    {
        New.Attributes[attribute] = value;
        Change = (attribute, value);
    }
}
