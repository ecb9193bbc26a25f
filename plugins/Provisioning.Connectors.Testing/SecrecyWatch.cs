using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Provisioning.Connectors.Testing;

/// <summary>
/// Sees every failure that a connector throws while a check runs, also those that the check expects and swallows, and looks
/// for secrets in them.
/// </summary>
internal sealed class SecrecyWatch : IDisposable
{
    // Checks of other connectors run at the same time and throw failures of their own.
    private static readonly AsyncLocal<SecrecyWatch?> Current = new();

    private readonly string[] _secrets;
    private readonly ConcurrentQueue<string> _thrown = new();

    public SecrecyWatch(string[] secrets)
    {
        _secrets = secrets;
        Current.Value = this;
        AppDomain.CurrentDomain.FirstChanceException += Remember;
    }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Remember;

    public void Verify(IEnumerable<string> log)
    {
        Verify(_thrown, "an exception");
        Verify(log, "a log line");
    }

    private void Remember(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (e.Exception is ConnectorException && Current.Value == this)
            _thrown.Enqueue(e.Exception.ToString());
    }

    private void Verify(IEnumerable<string> texts, string where)
    {
        foreach (var text in texts)
        {
            if (_secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.Ordinal)) is { } secret)
                throw new ConformanceException($"a secret shows in {where}: {text.Replace(secret, "***", StringComparison.Ordinal)}");
        }
    }
}
