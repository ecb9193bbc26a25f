namespace Provisioning.Connectors.Testing;

/// <summary>
/// The promises every connector makes to the host, as named checks. Derive from it, open a connector, and run each
/// name from <see cref="Checks"/> with any test framework.
/// </summary>
public abstract class ConnectorConformance
{
    /// <summary>All checks.</summary>
    public static IReadOnlyList<ConformanceCheck> Checks { get; } = [.. AccountChecks.All, .. StateChecks.All];

    /// <summary>The accounts that checks use.</summary>
    protected virtual ConformanceData Data { get; } = new(TimeProvider.System);

    /// <summary>Opens a connector to a target that may already have other accounts. The check disposes it.</summary>
    protected abstract Task<IConnector> OpenAsync();

    /// <summary>Runs one check; false if it was skipped because the connector lacks a capability.</summary>
    public async Task<bool> RunAsync(string name, CancellationToken cancellationToken = default)
    {
        var check = Checks.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentException($"there is no check '{name}'", nameof(name));
        await using var connector = await OpenAsync();
        if (!check.AppliesTo(connector))
            return false;
        try
        {
            await check.Body(connector, Data, cancellationToken);
        }
        catch (ConnectorException e)
        {
            throw new ConformanceException($"'{name}' met an unexpected failure of kind '{e.Kind}': {e.Message}", e);
        }

        return true;
    }
}
