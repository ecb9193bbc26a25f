using System.Diagnostics;
using Provisioning.Xacml.Fuzz;

// dotnet run -c Release --project tests/Provisioning.Xacml.Fuzz -- [--seconds 60] [--seed N] [--input N] [--keep FOLDER] FOLDER...
var options = new Dictionary<string, string>(StringComparer.Ordinal);
var folders = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length) options[args[i]] = args[++i];
    else folders.Add(args[i]);
}

int Number(string name, int standard) =>
    options.TryGetValue(name, out var text) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : standard;

var samples = Corpus.Read(folders);
if (samples.Count == 0)
{
    Console.Error.WriteLine("usage: [--seconds 60] [--seed N] [--input N] [--keep FOLDER] FOLDER...   folders with conformance cases or policies and cases");
    return 2;
}

var seed = Number("--seed", Environment.TickCount & int.MaxValue);
var run = new FuzzRun(samples, seed);
Console.WriteLine($"seed {seed}, {samples.Count} samples");
if (options.ContainsKey("--input"))
{
    run.Try(Number("--input", 0));
    return 0;
}

// An input that never ends cannot report itself.
const int LongestSeconds = 60;
var clock = Stopwatch.StartNew();
var watched = (Number: -1L, Since: TimeSpan.Zero);
using var watch = new Timer(_ =>
{
    if (run.Number != watched.Number) watched = (run.Number, clock.Elapsed);
    else if (clock.Elapsed - watched.Since > TimeSpan.FromSeconds(LongestSeconds)) Environment.FailFast($"seed {seed}, input {run.Number}: still not done");
}, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

try
{
    var number = 0L;
    for (; clock.Elapsed < TimeSpan.FromSeconds(Number("--seconds", 60)); number++) run.Try(number);
    Console.WriteLine($"{number} inputs, nothing found");
    return 0;
}
catch (FuzzException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(error.InnerException!.StackTrace);
    if (options.TryGetValue("--keep", out var folder))
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{seed}-{run.Number}"), error.Input);
    return 1;
}
