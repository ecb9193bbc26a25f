using System.CommandLine;
using Provisioning.Xacml.Testing;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning pdp conformance DIR [--filter GLOB] [--report FILE.tsv] [--responses OUTDIR]</c>.</summary>
internal static class ConformanceCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("dir") { Description = "A folder of conformance suites, a suite, or a case." };
        var filter = new Option<string?>("--filter") { Description = "Only the cases whose name, or suite/name, matches this pattern (* and ?)." };
        var report = new Option<string?>("--report") { Description = "Write a line for each case and form to this file, separated by tabs." };
        var responses = new Option<string?>("--responses") { Description = "Write the answers below this folder, laid out as the cases are." };
        var command = new Command("conformance", "Runs conformance cases; exit code 1 if one fails.") { folder, filter, report, responses };
        command.SetAction(result => Run(
            result.GetValue(folder)!, result.GetValue(filter), result.GetValue(report), result.GetValue(responses)));
        return command;
    }

    private static int Run(string folder, string? filter, string? report, string? responses)
    {
        try
        {
            var outcomes = ConformanceSuite.Find(folder, filter).SelectMany(CaseRunner.Run).ToList();
            if (report is not null)
            {
                using var table = new StreamWriter(report);
                ConformanceReport.WriteTable(outcomes, table);
            }

            if (responses is not null) WriteResponses(outcomes, responses);
            ConformanceReport.WriteSummary(outcomes, Console.Out);
            if (outcomes.Count == 0) Console.Error.WriteLine($"there is no case in '{folder}'{(filter is null ? "" : $" that matches '{filter}'")}");
            if (ConformanceReport.Unjudged(outcomes) is { } fault) Console.Error.WriteLine(fault);
            else return outcomes.Count > 0 && outcomes.All(one => one.Verdict != Verdict.Failed) ? 0 : 1;
            return 1;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static void WriteResponses(IEnumerable<CaseOutcome> outcomes, string folder)
    {
        foreach (var one in outcomes.Where(one => one.Response is not null))
        {
            var place = Path.Combine(folder, one.Case.Suite, one.Case.Name);
            Directory.CreateDirectory(place);
            File.WriteAllText(Path.Combine(place, "Response." + one.Form), one.Response);
        }
    }
}
