using Provisioning.Xacml.Fuzz;

namespace Provisioning.Xacml.Tests;

public class When_inputs_are_mutated(ITestOutputHelper output)
{
    private const int Inputs = 1000;
    private const int OddRequests = 10_000;

    [Fact]
    public void Should_throw_nothing_but_what_is_documented()
    {
        var seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var run = new FuzzRun(Corpus.Read(Repository.Rules), seed);
        for (var number = 0; number < Inputs; number++) run.Try(number);
    }
    [Fact]
    public void Should_read_odd_requests_in_the_short_way_as_in_the_long_one()
    {
        for (var seed = 0; seed < OddRequests; seed++)
        {
            var request = new OddRequest(new System.Random(seed));
            Trial.AskXml(request.Pdp, request.Xml());
            Trial.AskJson(request.Pdp, request.Json());
        }
    }
}
