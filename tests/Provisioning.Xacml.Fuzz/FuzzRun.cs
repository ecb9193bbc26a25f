namespace Provisioning.Xacml.Fuzz;

/// <summary>One input after another, each made of the seed and its number alone, so that it can be made again.</summary>
/// <param name="samples">What mutations start from.</param>
/// <param name="seed">Chooses the mutations.</param>
internal sealed class FuzzRun(IReadOnlyList<Sample> samples, int seed)
{
    private readonly List<byte[]> _documents = [.. samples.SelectMany(sample => new[] { sample.Policy, sample.Xml, sample.Json }).OfType<byte[]>()];

    /// <summary>The number of the input that is being tried.</summary>
    public long Number { get; private set; }

    /// <summary>The input that is being tried.</summary>
    public byte[] Input { get; private set; } = [];

    /// <summary>Tries an input.</summary>
    /// <param name="number">Which.</param>
    /// <exception cref="FuzzException">It did what no input may do.</exception>
    public void Try(long number)
    {
        Number = number;
        var random = new Random(HashCode(seed, number));
        var sample = samples[random.Next(samples.Count)];
        var mutation = new Mutation(random, _documents);
        try
        {
            if (random.Next(2) == 0) Try(new OddRequest(random), random.Next(2) == 0);
            else Try(sample, random.Next(3), mutation);
        }
        catch (Exception error)
        {
            throw new FuzzException(seed, number, sample.Name, Input, error);
        }
    }

    private void Try(OddRequest request, bool asXml)
    {
        Input = asXml ? request.Xml() : request.Json();
        if (asXml) Trial.AskXml(request.Pdp, Input);
        else Trial.AskJson(request.Pdp, Input);
    }

    private void Try(Sample sample, int what, Mutation mutation)
    {
        Input = mutation.Of(what switch { 0 => sample.Policy, 1 => sample.Xml, _ => sample.Json ?? sample.Xml });
        var pdp = Trial.Load(what == 0 ? Input : sample.Policy);
        if (pdp is null) return;
        if (what != 0)
        {
            // Each reader also gets what is meant for the other.
            Trial.AskXml(pdp, Input);
            Trial.AskJson(pdp, Input);
            return;
        }

        Trial.AskXml(pdp, sample.Xml);
        if (sample.Json is not null) Trial.AskJson(pdp, sample.Json);
    }

    // The same on every machine, which the hash codes of the platform are not.
    private static int HashCode(int seed, long number) => unchecked((int)((((ulong)(uint)seed << 32) + (ulong)number) * 0x9E37_79B9_7F4A_7C15 >> 33));
}
