namespace Provisioning.Benchmarks.Flow;

/// <summary>The figures of one round.</summary>
/// <param name="Plain">Users a second by the plain loop.</param>
/// <param name="Accepted">Users a second until the last inbound request was answered (all committed to disk).</param>
/// <param name="Provisioned">Users a second until the last account was at the target.</param>
/// <param name="Processor">Processor time of the host for each user.</param>
/// <param name="PeakMemory">Of the host, in bytes.</param>
internal sealed record FlowRound(int Concurrency, double Plain, double Accepted, double Provisioned, TimeSpan Processor, long PeakMemory)
{
    public double Ratio => Provisioned / Plain;
}
