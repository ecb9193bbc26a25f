using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Provisioning.Host.Composition;

/// <summary>Log lines for people: when (ISO 8601, with the offset), how serious, which part of the host, what happened. Exceptions follow below.</summary>
internal sealed class PlainLines(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    /// <summary>ISO 8601, with the offset.</summary>
    public const string Moment = "yyyy-MM-dd'T'HH:mm:sszzz";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter writer)
    {
        var now = time.GetLocalNow().ToString(Moment, CultureInfo.InvariantCulture);
        writer.WriteLine($"{now} {Word(entry.LogLevel)} {Short(entry.Category)}: {entry.Formatter(entry.State, entry.Exception)}");
        if (entry.Exception is { } exception)
            writer.WriteLine(exception);
    }

    // The class; its namespace is known by the name.
    private static string Short(string category) => category[(category.LastIndexOf('.') + 1)..];

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRIT ",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "warn ",
        LogLevel.Information => "info ",
        _ => "debug",
    };
}
