namespace Provisioning.Connectors;

/// <summary>
/// Code that speaks to one identity provider. What it can do is what further interfaces it implements
/// (<see cref="IFindAccounts"/>, <see cref="ICreateAccounts"/> ...). One instance serves many calls at once.
/// </summary>
public interface IConnector : IAsyncDisposable
{
    /// <summary>True if the target itself refuses a second object with the same name, so that creating need not search first.</summary>
    bool NamesAreUnique { get; }
}
