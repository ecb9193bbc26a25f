using BenchmarkDotNet.Attributes;
using Provisioning.Xacml;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>One decision on a request made beforehand, by BenchmarkDotNet. The workloads are where XACML_WORKLOADS says.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private PolicyDecisionPoint _pdp = null!;
    private IReadOnlyList<XacmlRequest> _requests = [];
    private int _next;

    /// <summary>The workload.</summary>
    [Params("W1-10", "W1-10000", "W1o-1000", "W2c-60")]
    public string Workload { get; set; } = "";

    /// <summary>Loads the policies.</summary>
    [GlobalSetup]
    public void Load()
    {
        var folder = Environment.GetEnvironmentVariable("XACML_WORKLOADS") ?? throw new InvalidOperationException("XACML_WORKLOADS is not set");
        var workload = Xacml.Workload.In(folder).Single(one => one.Name == Workload);
        _pdp = workload.Load();
        _requests = [.. workload.Requests.Select(text => TypedRequest.Of(text, _pdp))];
    }

    /// <summary>Decides the next request.</summary>
    [Benchmark]
    public XacmlResult Decide()
    {
        if (++_next == _requests.Count) _next = 0;
        return _pdp.Evaluate(_requests[_next]);
    }
}
