// Runs the kit against a server. Usage: kit ADDRESS NAME DEVIATIONS, with the token in TARGET_TOKEN.
// Prints "ok" or "not ok" for each check. Checks that a server is known not to pass must still fail, and are only mentioned.
using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;
using Provisioning.Interop.Kit;

var (address, name) = (new Uri(args[0]), args[1]);
var deviations = JsonNode.Parse(await File.ReadAllTextAsync(args[2]))![name]!.AsObject();
var server = new ForeignServer(address, Environment.GetEnvironmentVariable("TARGET_TOKEN")!);
var failures = 0;
foreach (var check in ConnectorConformance.Checks.Select(check => check.Name).Concat(ConnectorConformance.FaultChecks.Select(check => check.Name)))
{
    string? wrong = null;
    try
    {
        if (!await server.RunAsync(check))
            continue;
    }
    catch (ConformanceException failure)
    {
        wrong = failure.Message;
    }

    if (deviations[check] is { } deviation && wrong is not null)
    {
        Console.WriteLine($"# {name} is known for '{check}': {deviation}");
        continue;
    }

    var passed = wrong is null && deviations[check] is null;
    failures += passed ? 0 : 1;
    Console.WriteLine(passed ? $"ok kit at {name}: {check}" : $"not ok kit at {name}: {check}: {wrong ?? "passes, though it is listed as a deviation"}");
}

return failures == 0 ? 0 : 1;
