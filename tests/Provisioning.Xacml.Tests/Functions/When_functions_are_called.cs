namespace Provisioning.Xacml.Tests.Functions;

public class When_functions_are_called
{
    /// <summary>The functions over the content of requests have tests of their own.</summary>
    private static readonly string[] Elsewhere = ["xpath-node", "access-permitted"];

    public static TheoryData<string> Cases => [.. FunctionCase.Lines];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Should_answer_alike_for_constants_and_attributes(string line)
    {
        var one = FunctionCase.Parse(line);
        Assert.Equal(one.Expected, Answer(one, asLiterals: true));
        Assert.Equal(one.Expected.Replace("!policy", "!processing-error", StringComparison.Ordinal), Answer(one, asLiterals: false));
    }

    [Fact]
    public void Should_have_a_case_for_each_function_of_the_standard()
    {
        var tested = FunctionCase.Lines.Select(line => FunctionCase.Parse(line).Function).ToHashSet();
        Assert.DoesNotContain(FunctionTable.Standard.Ids, id => !tested.Contains(id) && !Elsewhere.Any(name => id.Contains(name, StringComparison.Ordinal)));
    }

    private static string Answer(FunctionCase one, bool asLiterals)
    {
        var (policy, request) = one.Write(asLiterals);
        try
        {
            var result = Policies.Load(policy).Evaluate(request);
            return result.Decision == Decision.Permit
                ? string.Join('|', result.Obligations.Single().Assignments.Select(value => value.Value))
                : "!" + result.StatusCode[(result.StatusCode.LastIndexOf(':') + 1)..];
        }
        catch (PolicyException)
        {
            return "!policy";
        }
    }
}
