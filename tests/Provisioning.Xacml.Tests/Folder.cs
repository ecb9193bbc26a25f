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

    [Fact]
    public void Should_name_the_content_and_not_the_place()
    {
        static void Write(string folder, string second)
        {
            Directory.CreateDirectory(Path.Combine(folder, "team"));
            File.WriteAllText(Path.Combine(folder, "team", "b.xml"), second);
            File.WriteAllText(Path.Combine(folder, "a.xml"), Policy(Rule("Permit"), id: "a"));
        }

        var (here, there) = (Path.Combine(_path, "here"), Path.Combine(_path, "there"));
        Write(here, Policy(Rule("Deny"), id: "b"));
        Write(there, Policy(Rule("Deny"), id: "b"));
        string Of(string path) => PolicyDecisionPoint.LoadFolder(path).Revision;
        var revision = Of(here);
        Assert.Equal(revision, Of(there));
        Assert.Equal(revision, Of(here + Path.DirectorySeparatorChar));
        Assert.Equal(revision, Of(Path.Combine(there, "..", "here")));
        Assert.Equal(revision, Of(Path.GetRelativePath(Directory.GetCurrentDirectory(), here)));
        using var folder = new PolicyFolder(there);
        Assert.Equal(revision, folder.Current.Revision);
        Assert.Equal(Of(Path.Combine(here, "a.xml")), Of(Path.Combine(there, "a.xml")));

        Write(there, Policy(Rule("Deny"), id: "c"));
        Assert.NotEqual(revision, Of(there));
        File.Move(Path.Combine(here, "a.xml"), Path.Combine(here, "z.xml"));
        Assert.NotEqual(revision, Of(here));
    }

    [Fact]
    public void Should_not_take_the_end_of_one_file_for_the_start_of_another()
    {
        string Of(params PolicySource[] sources) => PolicyDecisionPoint.RevisionOf(sources);
        Assert.NotEqual(Of(new("a", "b"), new("c", "d")), Of(new PolicySource("a", "b\0c\0d")));
        Assert.Equal(Of(new PolicySource("a", "ü")), Of(new PolicySource("a", "ü"u8.ToArray())));
    }

    [Fact]
    public void Should_read_files_whatever_the_case_of_their_names()
    {
        File.WriteAllText(Path.Combine(_path, "BLOCK.XML"), Policy(Rule("Deny")));
        Directory.CreateDirectory(Path.Combine(_path, "cases"));
        File.WriteAllText(Path.Combine(_path, "cases", "a.xml"), "no policy");
        Assert.Equal(Decision.Deny, PolicyDecisionPoint.LoadFolder(_path).Evaluate(Request()).Decision);
    }
}
