using Provisioning.Host.Cli;

namespace Provisioning.Host.Tests;

public sealed class When_an_import_is_interrupted : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("import-").FullName;

    private string ImportFile => Path.Combine(_data, "users.csv");

    [Fact]
    public void Should_go_on_after_the_rows_that_are_done_without_a_gap()
    {
        var first = Load();
        foreach (var row in (int[])[0, 2, 1, 5, 4])
            first.Complete(row);
        first.Save();
        Assert.Equal(3, Load().Done);
    }

    [Fact]
    public void Should_keep_its_place_without_being_asked()
    {
        var first = Load();
        for (var row = 0; row < 450; row++)
            first.Complete(row);
        Assert.Equal(400, Load().Done);
    }

    [Fact]
    public void Should_start_over_when_the_file_or_the_service_provider_is_another()
    {
        var first = Load();
        first.Complete(0);
        first.Save();
        Assert.Equal(0, Load("other").Done);
        File.WriteAllText(ImportFile, "changed, and longer than before");
        Assert.Equal(0, ImportProgress.Load(_data, ImportFile, "portal").Done);
    }

    [Fact]
    public void Should_leave_nothing_when_it_is_complete()
    {
        var first = Load();
        first.Complete(0);
        first.Save();
        first.Forget();
        Assert.Empty(Directory.GetFiles(Path.Combine(_data, "imports")));
        Assert.Equal(0, Load().Done);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private ImportProgress Load(string serviceProvider = "portal")
    {
        if (!File.Exists(ImportFile))
            File.WriteAllText(ImportFile, "userName\nada\n");
        return ImportProgress.Load(_data, ImportFile, serviceProvider);
    }
}
