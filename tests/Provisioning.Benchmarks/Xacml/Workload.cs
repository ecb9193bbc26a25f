using System.Text;
using Provisioning.Xacml;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>A policy, the requests to decide by it, and the decisions expected.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="PolicyFile">The policy document.</param>
/// <param name="Requests">The requests as XML.</param>
/// <param name="Expected">The decision for each request; empty if nobody says.</param>
internal sealed record Workload(string Name, string PolicyFile, IReadOnlyList<string> Requests, IReadOnlyList<string> Expected)
{
    public IReadOnlyList<byte[]> Utf8 { get; } = [.. Requests.Select(Encoding.UTF8.GetBytes)];

    public static IEnumerable<Workload> In(string folder)
    {
        foreach (var (directory, sizes) in new[] { ("W1", new[] { 10, 100, 1000, 10_000 }), ("W1o", [1000]), ("W2c", [60]), ("W2", [60]) })
        {
            foreach (var size in sizes)
            {
                var path = Path.Combine(folder, directory);
                var policy = Path.Combine(path, $"policy_{size}.xml");
                if (!File.Exists(policy)) continue;
                var expected = Path.Combine(path, $"expected_{size}.txt");
                yield return new(
                    $"{directory}-{size}",
                    policy,
                    File.ReadAllLines(Path.Combine(path, $"requests_{size}.txt")),
                    File.Exists(expected) ? File.ReadAllLines(expected) : []);
            }
        }
    }

    public PolicyDecisionPoint Load() => PolicyDecisionPoint.LoadFolder(PolicyFile);

    /// <summary>Fails if a decision is not the one expected: a fast wrong answer is worth nothing.</summary>
    public void Check(PolicyDecisionPoint pdp)
    {
        for (var i = 0; i < Expected.Count; i++)
        {
            var decision = pdp.Evaluate(XacmlXml.ReadRequest(Requests[i], pdp)).Results[0].Decision;
            if (decision.ToString() != Expected[i])
                throw new InvalidOperationException($"{Name}, request {i + 1}: {Expected[i]} expected, {decision} answered");
        }
    }
}
