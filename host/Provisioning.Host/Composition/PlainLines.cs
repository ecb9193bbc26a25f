using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Provisioning.Host.Composition;

/// <summary>Log lines for people: the time, how serious it is, what happened. Exceptions follow below.</summary>
internal sealed class PlainLines(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter writer)
    {
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        writer.WriteLine($"{now} {Word(entry.LogLevel)} {entry.Formatter(entry.State, entry.Exception)}");
        if (entry.Exception is { } exception)
            writer.WriteLine(exception);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRIT ",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "warn ",
        LogLevel.Information => "     ",
        _ => "debug",
    };
}
