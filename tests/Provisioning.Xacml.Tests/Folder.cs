using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public sealed class When_a_policy_folder_changes : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_path, true);

    [Fact]
    public void Should_keep_the_last_good_policies_until_the_file_is_whole()
    {
        var file = Path.Combine(_path, "a.xml");
        var (permit, deny) = (Policy(Rule("Permit")), Policy(Rule("Deny")));
        File.WriteAllText(file, permit);
        using var folder = new PolicyFolder(_path);
        File.WriteAllText(file, deny[..(deny.Length / 2)]);
        Assert.False(folder.Refresh());
        Assert.NotEmpty(folder.Problems);
        Assert.Equal(Decision.Permit, folder.Current.Evaluate(Request()).Decision);
        File.WriteAllText(file, deny);
        Assert.True(folder.Refresh());
        Assert.Empty(folder.Problems);
        Assert.Equal(Decision.Deny, folder.Current.Evaluate(Request()).Decision);
    }

    [Fact]
    public void Should_keep_the_last_good_policies_when_the_folder_is_emptied()
    {
        var file = Path.Combine(_path, "a.xml");
        File.WriteAllText(file, Policy(Rule("Permit")));
        using var folder = new PolicyFolder(_path);
        File.Delete(file);
        Assert.False(folder.Refresh());
        Assert.Contains("no policies", Assert.Single(folder.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(Decision.Permit, folder.Current.Evaluate(Request()).Decision);
    }

    [Fact]
    public void Should_answer_not_applicable_without_policies()
    {
        using var folder = new PolicyFolder(Path.Combine(_path, "none"));
        Assert.Equal(Decision.NotApplicable, folder.Current.Evaluate(Request()).Decision);
    }
}
