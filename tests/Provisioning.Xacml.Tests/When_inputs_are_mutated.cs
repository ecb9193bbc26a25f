using Provisioning.Xacml.Fuzz;

namespace Provisioning.Xacml.Tests;

public class When_inputs_are_mutated(ITestOutputHelper output)
{
    private const int Inputs = 1000;

    [Fact]
    public void Should_throw_nothing_but_what_is_documented()
    {
        var seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var run = new FuzzRun(Corpus.Read(Repository.Rules), seed);
        for (var number = 0; number < Inputs; number++) run.Try(number);
    }
}
