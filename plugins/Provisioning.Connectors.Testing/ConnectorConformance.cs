using System.Net;

namespace Provisioning.Connectors.Testing;

/// <summary>
/// The promises every connector makes to the host, as named checks. Derive from it, open a connector, and run each
/// name from <see cref="ChecksFor{TConnector}"/> with any test framework.
/// </summary>
public abstract class ConnectorConformance
{
    /// <summary>All checks that need nothing but a target that works.</summary>
    public static IReadOnlyList<ConformanceCheck> Checks { get; } =
        [.. AccountChecks.All, .. StateChecks.All, .. CapabilityChecks.All, .. GroupChecks.All, .. RobustnessChecks.All];

    /// <summary>All checks that break the line to the target; they need <see cref="Target"/>.</summary>
    public static IReadOnlyList<FaultCheck> FaultChecks { get; } = Testing.FaultChecks.All;

    /// <summary>All checks that give bad answers over HTTP; they need <see cref="Target"/> to be a server that speaks it without TLS.</summary>
    public static IReadOnlyList<HttpCheck> HttpChecks { get; } = Testing.HttpChecks.All;

    /// <summary>The accounts that checks use.</summary>
    protected virtual ConformanceData Data { get; } = new(TimeProvider.System);

    /// <summary>Where the target listens, for a <see cref="FaultProxy"/> in between; null for a target that is not reached over a network.</summary>
    protected virtual IPEndPoint? Target => null;

    /// <summary>The clear text of every secret in the settings. A check fails when one shows up in a log line or an exception.</summary>
    protected virtual IReadOnlyList<string> Secrets => [];

    /// <summary>The factory of the connector and its settings, for the check that it can be unloaded; null to leave that check out.</summary>
    protected virtual (IConnectorFactory Factory, object Settings)? Plugin => null;

    /// <summary>The names of the checks for what a type of connector can do.</summary>
    /// <param name="faults">Whether the checks that break the line are among them.</param>
    /// <param name="http">Whether the checks that give bad answers over HTTP are among them.</param>
    /// <param name="unload">Whether the check that its code leaves memory is among them; it needs <see cref="Plugin"/>.</param>
    public static IEnumerable<string> ChecksFor<TConnector>(bool faults, bool http = false, bool unload = false)
        where TConnector : IConnector => ChecksFor(typeof(TConnector), faults, http, unload);

    /// <summary>The same for a class that is not known when the test is compiled.</summary>
    public static IEnumerable<string> ChecksFor(Type connector, bool faults, bool http = false, bool unload = false)
    {
        var plain = Checks.Where(check => CanDo(check.Needs)).Select(check => check.Name);
        var broken = FaultChecks.Where(check => faults && CanDo(check.Needs)).Select(check => check.Name);
        var answered = HttpChecks.Where(check => http && CanDo(check.Needs)).Select(check => check.Name);
        return [.. plain, .. broken, .. answered, .. unload ? (string[])[UnloadCheck.Name] : []];

        bool CanDo(IReadOnlyList<Type> needs) => needs.All(need => need.IsAssignableFrom(connector));
    }

    /// <summary>Runs one check; false if it was skipped because the connector lacks a capability or is not reached over a network.</summary>
    public async Task<bool> RunAsync(string name, CancellationToken cancellationToken = default)
    {
        using var secrecy = new SecrecyWatch([.. Secrets, Data.Password]);
        var ran = await RunNamedAsync(name, cancellationToken);
        secrecy.Verify(Data.Log);
        return ran;
    }

    /// <summary>Opens a connector to a target that may already have other accounts. The check disposes it.</summary>
    protected abstract Task<IConnector> OpenAsync();

    /// <summary>Opens a connector that reaches the target by another address. Override it together with <see cref="Target"/>.</summary>
    protected virtual Task<IConnector> OpenAsync(IPEndPoint address) => throw new NotSupportedException("override it together with 'Target'");

    private static ConformanceCheck Named(string name) =>
        Checks.FirstOrDefault(check => check.Name == name) ?? throw new ArgumentException($"there is no check '{name}'", nameof(name));

    private static async Task TranslateAsync(string name, Task check)
    {
        try
        {
            await check;
        }
        catch (ConnectorException e)
        {
            throw new ConformanceException($"'{name}' met an unexpected failure of kind '{e.Kind}': {e.Message}", e);
        }
    }

    private Task<bool> RunNamedAsync(string name, CancellationToken cancellationToken)
    {
        if (name == UnloadCheck.Name)
            return RunUnloadAsync(cancellationToken);
        if (FaultChecks.FirstOrDefault(check => check.Name == name) is { } fault)
            return RunAsync(fault, cancellationToken);
        if (HttpChecks.FirstOrDefault(check => check.Name == name) is { } http)
            return RunAsync(http, cancellationToken);
        return RunAsync(Named(name), cancellationToken);
    }

    private async Task<bool> RunUnloadAsync(CancellationToken cancellationToken)
    {
        if (Plugin is not var (factory, settings))
            return false;
        var context = new ConnectorContext("conformance", Directory.GetCurrentDirectory(), TimeProvider.System);
        await TranslateAsync(UnloadCheck.Name, UnloadCheck.RunAsync(factory, settings, context, Data, cancellationToken));
        return true;
    }

    private async Task<bool> RunAsync(HttpCheck check, CancellationToken cancellationToken)
    {
        if (Target is not { } target)
            return false;
        await using var proxy = await FaultyHttp.StartAsync(target);
        await using var connector = await OpenAsync(proxy.EndPoint);
        if (!check.Needs.All(need => need.IsInstanceOfType(connector)))
            return false;
        await TranslateAsync(check.Name, Testing.HttpChecks.RunAsync(check, connector, proxy, Data, cancellationToken));
        return true;
    }

    private async Task<bool> RunAsync(ConformanceCheck check, CancellationToken cancellationToken)
    {
        await using var connector = await OpenAsync();
        if (!check.AppliesTo(connector))
            return false;
        await TranslateAsync(check.Name, check.Body(connector, Data, cancellationToken));
        return true;
    }

    private async Task<bool> RunAsync(FaultCheck check, CancellationToken cancellationToken)
    {
        if (Target is not { } target)
            return false;
        await using var proxy = new FaultProxy(target);
        await using var connector = await OpenAsync(proxy.EndPoint);
        if (!check.Needs.All(need => need.IsInstanceOfType(connector)))
            return false;
        await TranslateAsync(check.Name, check.Body(connector, proxy, Data, cancellationToken));
        return true;
    }
}
