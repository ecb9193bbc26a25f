using System.Globalization;
using System.Text;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>What other engines reach on the same workloads. They are not run again here.</summary>
internal static class Peers
{
    private static readonly string[] Names = ["Balana", "AT&T XACML", "AuthzForce", "xacml4j", "Abc.Xacml"];

    // Decisions per second by one thread, on requests that are parsed and from text to text.
    private static readonly Dictionary<string, (double[] Parsed, double[] Text)> Figures = new()
    {
        ["W1-10"] = ([90412, 32845, 33590, 84121, 18418], [4606, 4421, 5692, 7708, 8892]),
        ["W1-100"] = ([40661, 15164, 27515, 41666, 4323], [4012, 3313, 6439, 9154, 3435]),
        ["W1-1000"] = ([5380, 799, 4370, 6989, 378], [2075, 504, 2571, 3014, 304]),
        ["W1-10000"] = ([96, 82, 119, 450, 22], [90, 71, 74, 447, 20]),
        ["W1o-1000"] = ([4539, 1913, 4225, 5268, 371], [2321, 770, 2448, 2999, 396]),
        ["W2c-60"] = ([19765, 15318, 24983, 16038, 2959], [4032, 4580, 6738, 7604, 2803]),
        ["W2-60"] = ([double.NaN, 15974, 19902, double.NaN, double.NaN], [double.NaN, 4191, 5982, double.NaN, double.NaN]),
    };

    /// <summary>A table of our figures and theirs.</summary>
    /// <param name="ours">The workload, and our decisions per second on parsed requests and from XML to XML.</param>
    public static string Beside(IEnumerable<(string Workload, double Parsed, double Xml)> ours)
    {
        var table = new StringBuilder("""

            Beside others, decisions per second by one thread: on parsed requests / from XML to XML. The others' figures were taken on another day, on a
            2-core machine of the same kind (Java on JDK 17, Abc.Xacml on .NET 10), and not in this run.

            """);
        table.Append("\n| workload | Provisioning.Xacml | ").AppendJoin(" | ", Names).Append(" |\n|---|").Insert(table.Length, "---:|", Names.Length + 1).Append('\n');
        foreach (var (workload, parsed, xml) in ours)
        {
            var theirs = Figures[workload];
            table.Append(CultureInfo.InvariantCulture, $"| {workload} | **{parsed:N0} / {xml:N0}** | ")
                .AppendJoin(" | ", theirs.Parsed.Zip(theirs.Text, Show)).Append(" |\n");
        }

        return table.ToString();
    }

    private static string Show(double parsed, double text) =>
        double.IsNaN(parsed) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{parsed:N0} / {text:N0}");
}
