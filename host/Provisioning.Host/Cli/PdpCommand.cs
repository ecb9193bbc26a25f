using System.CommandLine;
using Provisioning.Xacml;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning pdp evaluate --policies PATH --request FILE [--format xml|json] [--trace [text|json]]</c>.</summary>
internal static class PdpCommand
{
    public static Command Build()
    {
        var policies = new Option<string>("--policies") { Description = "A policy file or a folder of them.", Required = true };
        var request = new Option<string>("--request") { Description = "A request file.", Required = true };
        var format = new Option<string?>("--format") { Description = "xml or json; by default from the file's name." };
        format.AcceptOnlyFromAmong("xml", "json");
        var trace = new Option<string?>("--trace")
        {
            Description = "Show how the decision came about: as text, or as json.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        trace.AcceptOnlyFromAmong("text", "json");
        var evaluate = new Command("evaluate", "Answers one request.") { policies, request, format, trace };
        evaluate.SetAction(result => Evaluate(
            result.GetValue(policies)!, result.GetValue(request)!,
            result.GetValue(format) ?? (result.GetValue(request)!.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "json" : "xml"),
            result.GetResult(trace) is null ? null : result.GetValue(trace) ?? "text"));
        return new Command("pdp", "The policy decision point.") { evaluate, ConformanceCommand.Build() };
    }

    private static int Evaluate(string policies, string request, string format, string? traceFormat)
    {
        try
        {
            var pdp = PolicyDecisionPoint.LoadFolder(policies, new PdpOptions { TimeZone = TimeZoneInfo.Utc });
            // Beside the answer, which programs may read.
            foreach (var warning in PolicyCheck.Examine(pdp))
                Console.Error.WriteLine($"{warning.File}:{warning.Line}: warning: {warning.Message}");
            using var text = File.OpenRead(request);
            var parsed = format == "json" ? XacmlJson.ReadRequest(text, pdp) : XacmlXml.ReadRequest(text, pdp);
            var trace = traceFormat is null ? null : new EvaluationTrace();
            var result = pdp.Evaluate(parsed, trace);
            Console.WriteLine(format == "json" ? XacmlJson.WriteResponse(result) : XacmlXml.WriteResponse(result));
            if (trace is not null)
                Console.WriteLine(traceFormat == "json" ? trace.ToJson() : trace.Render());
            return 0;
        }
        catch (Exception exception) when (exception is PolicyException or XacmlSyntaxException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }
}
