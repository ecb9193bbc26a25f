using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Google;

/// <summary>Makes organisational units that are missing, one at a time: Google takes one a second.</summary>
internal sealed class OrgUnits(GoogleApi api, string customer) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Runs a call; when it fails for want of the unit, makes the unit and runs it again.</summary>
    /// <param name="path">The unit to make, or null to make none.</param>
    /// <param name="call">The call that names the unit.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<T> WithAsync<T>(string? path, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ConnectorException failure) when (path is not null && failure.Message.Contains("INVALID_OU_ID", StringComparison.Ordinal))
        {
            await MakeAsync(path, cancellationToken);
            return await call();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task MakeAsync(string path, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var parent = "/";
            foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                await MakeOneAsync(parent, name, cancellationToken);
                parent = parent == "/" ? $"/{name}" : $"{parent}/{name}";
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task MakeOneAsync(string parent, string name, CancellationToken cancellationToken)
    {
        var child = parent == "/" ? name : $"{parent[1..]}/{name}";
        var segments = string.Join('/', child.Split('/').Select(Uri.EscapeDataString));
        var units = $"customer/{Uri.EscapeDataString(customer)}/orgunits";
        if (await IsThereAsync($"{units}/{segments}", cancellationToken))
            return;

        // Making a unit twice is refused and harms nobody, so a lost answer is not ambiguous for the user.
        await api.PostAsync(units, new JsonObject { ["name"] = name, ["parentOrgUnitPath"] = parent }, cancellationToken);
    }

    private async Task<bool> IsThereAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await api.FindAsync(path, cancellationToken) is not null;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Misconfigured)
        {
            // A proxy on the way may not know paths with slashes in them. Whether the address is wrong is seen when the unit is made.
            return false;
        }
    }
}
