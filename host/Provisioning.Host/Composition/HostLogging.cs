using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Provisioning.Host.Composition;

/// <summary>Lines for people on the console, or what <c>Logging__Console__FormatterName</c> says (<c>json</c>, <c>systemd</c>, <c>simple</c>).</summary>
internal static class HostLogging
{
    private static readonly string[] TellOfStarting = ["Microsoft.Extensions.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, StartGate gate)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);

        // What ends a start is printed once, as one line; these would print it twice before, with its stack.
        foreach (var category in TellOfStarting)
            logging.AddFilter(category, level => level >= LogLevel.Warning && gate.IsOpen);
        logging.AddConsole(options =>
        {
            if (configuration["Logging:Console:FormatterName"] is null)
                options.FormatterName = PlainLines.FormatterName;
        });
        logging.AddConsoleFormatter<PlainLines, ConsoleFormatterOptions>();
    }
}
