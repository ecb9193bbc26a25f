using System.CommandLine;
using System.CommandLine.Invocation;
using Provisioning.Host.Cli;
using Provisioning.Plugins.Isolation;

// The hidden command: this executable again, as the process of one connector. Ends even if the plugin left threads behind.
if (args is [ChildLauncher.Command])
    Environment.Exit(await ConnectorChild.RunAsync());
var command = CommandLine.Build().Parse(args);

// What is wrong, and not a page of help after it.
if (command.Action is ParseErrorAction error)
    error.ShowHelp = false;

// A host that stops finishes what it has begun; without this it would be killed after two seconds.
return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
