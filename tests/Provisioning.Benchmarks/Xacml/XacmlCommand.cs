using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using BenchmarkDotNet.Running;
using Provisioning.Xacml;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>The quick look: load, decide, and the whole way from text to text, as a table.</summary>
internal static class XacmlCommand
{
    private const int ParsedColumn = 4;
    private const int XmlColumn = 9;

    public static int Run(Arguments arguments)
    {
        if (arguments.Text("--workloads") is not { } folder || !Directory.Exists(folder))
        {
            Console.Error.WriteLine("--workloads must name the folder of the workloads");
            return 2;
        }

        if (arguments.Has("--bdn"))
        {
            Environment.SetEnvironmentVariable("XACML_WORKLOADS", Path.GetFullPath(folder));
            BenchmarkRunner.Run<DecisionBenchmarks>();
            return 0;
        }

        var seconds = arguments.Number("--seconds", 2);
        if (arguments.Text("--row") is { } row)
        {
            Console.Write(Line(Workload.In(folder).Single(one => one.Name == row), TimeSpan.FromSeconds(seconds)));
            return 0;
        }

        var only = arguments.Text("--only");
        var table = new StringBuilder(Heading());
        Console.Write(table);
        var ours = new List<(string Workload, double Parsed, double Xml)>();
        foreach (var workload in Workload.In(folder).Where(one => only is null || one.Name == only))
        {
            var line = OwnProcess.Measure(workload, folder, seconds);
            ours.Add((workload.Name, OwnProcess.Figure(line, ParsedColumn), OwnProcess.Figure(line, XmlColumn)));
            table.Append(line);
            Console.Write(line);
        }

        table.Append(Peers.Beside(ours));
        if (arguments.Has("--write")) File.WriteAllText(Path.Combine(Directory.CreateDirectory(Places.Results).FullName, "xacml.md"), table.ToString());
        return 0;
    }

    private static string Heading() => $"""
        {Machine.Describe()}

        Per second of processor time, and in brackets per second of the clock: others may use the machine too. Each workload has a process of its own.

        `parsed`: requests made for the decision point (`XacmlRequestBuilder.Build(pdp)`); `for any`: made for any (`Build()`). `xml`, `json`: from text to text.

        | workload | load s | load MB | parsed, 1 thread | B | parsed, 2 threads | times 1 thread | for any | xml | of bare XmlReader | json | of bare Utf8JsonReader |
        |---|---|---|---|---|---|---|---|---|---|---|---|

        """;

    private static string Line(Workload workload, TimeSpan time)
    {
        var (pdp, seconds, megabytes) = Load(workload);
        workload.Check(pdp);
        return string.Create(CultureInfo.InvariantCulture, $"| {workload.Name} | {seconds:0.00} | {megabytes:0.0} | {Measure(workload, pdp, time)} |\n");
    }

    private static string Measure(Workload workload, PolicyDecisionPoint pdp, TimeSpan time)
    {
        var requests = workload.Requests.Select(text => TypedRequest.Of(text, pdp)).ToList();
        var forAny = workload.Requests.Select(text => TypedRequest.Of(text)).ToList();
        var json = workload.Requests.Select(JsonRequest.Of).ToList();
        var count = requests.Count;
        var one = Meter.Best(time, 1, count, i => pdp.Evaluate(requests[i]));
        var two = Meter.Best(time, 2, count, i => pdp.Evaluate(requests[i]));
        var any = Meter.Best(time, 1, count, i => pdp.Evaluate(forAny[i]));
        var response = new ArrayBufferWriter<byte>(64 * 1024);
        var xml = Meter.Best(time, 1, count, i =>
        {
            response.ResetWrittenCount();
            XacmlXml.Answer(pdp, workload.Utf8[i], response);
        });
        var bareXml = Meter.Best(time, 1, count, i => ReadBareXml(workload.Utf8[i]));
        var jsonWay = Meter.Best(time, 1, count, i =>
        {
            response.ResetWrittenCount();
            XacmlJson.Answer(pdp, json[i], response);
        });
        var bareJson = Meter.Best(time, 1, count, i => ReadBareJson(json[i]));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Show(one)} | {one.Bytes:0} | {Show(two)} | {2 * two.PerCpuSecond / one.PerCpuSecond:0.00} | {any.PerCpuSecond:N0} | {Show(xml)} | {Ratio(xml, bareXml)} | {Show(jsonWay)} | {Ratio(jsonWay, bareJson)}");
    }

    private static string Show(Rate rate) => string.Create(CultureInfo.InvariantCulture, $"{rate.PerCpuSecond:N0} ({rate.PerSecond:N0})");

    private static string Ratio(Rate rate, Rate of) => (rate.PerCpuSecond / of.PerCpuSecond).ToString("0.00", CultureInfo.InvariantCulture);

    private static (PolicyDecisionPoint Pdp, double Seconds, double Megabytes) Load(Workload workload)
    {
        // The first time pays for the compilation of the engine itself.
        workload.Load();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var pdp = workload.Load();
        var seconds = clock.Elapsed.TotalSeconds;
        return (pdp, seconds, (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6);
    }

    private static void ReadBareXml(byte[] xml)
    {
        using var reader = XmlReader.Create(new MemoryStream(xml));
        while (reader.Read())
        {
        }
    }

    private static void ReadBareJson(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
        }
    }
}
