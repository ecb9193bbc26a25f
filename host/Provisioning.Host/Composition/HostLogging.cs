using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Provisioning.Host.Composition;

/// <summary>Lines for people on the console, or what <c>Logging__Console__FormatterName</c> says.</summary>
internal static class HostLogging
{
    private const string Formatter = "Logging:Console:FormatterName";

    private static readonly string[] Formatters = [PlainLines.FormatterName, ConsoleFormatterNames.Json, ConsoleFormatterNames.Simple, ConsoleFormatterNames.Systemd];

    private static readonly string[] TellOfStarting = ["Microsoft.Extensions.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <exception cref="StartException">A setting has a value that there is not.</exception>
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, StartGate gate)
    {
        var formatter = configuration[Formatter] is { Length: > 0 } named ? named : PlainLines.FormatterName;
        Check(Formatter, formatter, Formatters);
        foreach (var (category, level) in configuration.GetSection("Logging:LogLevel").AsEnumerable(makePathsRelative: true).Where(x => x.Value is not null))
            Check($"Logging:LogLevel:{category}", level!, Enum.GetNames<LogLevel>());

        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);

        // What ends a start is printed once, as one line; these would print it twice before, with its stack.
        foreach (var category in TellOfStarting)
            logging.AddFilter(category, level => level >= LogLevel.Warning && gate.IsOpen);
        logging.AddConsole(options => options.FormatterName = formatter);
        logging.AddConsoleFormatter<PlainLines, ConsoleFormatterOptions>();
        logging.Services.Configure<JsonConsoleFormatterOptions>(options => options.TimestampFormat ??= PlainLines.Moment);
    }

    private static void Check(string setting, string value, IEnumerable<string> known)
    {
        if (!known.Contains(value, StringComparer.OrdinalIgnoreCase))
            throw new StartException($"{setting} is '{value}'; it must be one of {string.Join(", ", known)}");
    }
}
