namespace Provisioning.Xacml.Fuzz;

/// <summary>An input did what no input may do.</summary>
internal sealed class FuzzException(int seed, long number, string sample, byte[] input, Exception inner)
    : Exception($"seed {seed}, input {number}, made of '{sample}': {inner.GetType().Name}: {inner.Message}", inner)
{
    public byte[] Input => input;
}
