using System.Text;

namespace Provisioning.Connectors.Csv.Tests;

public sealed class When_a_file_has_a_form
{
    public static TheoryData<string, string> Forms => new()
    {
        { "utf-8", "\r\n" }, { "utf-8", "\n" }, { "utf-8", "\r" }, { "utf-8-bom", "\r\n" }, { "utf-8-bom", "\n" },
        { "utf-16", "\r\n" }, { "utf-16BE", "\n" }, { "utf-32", "\r\n" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Should_keep_the_encoding_and_the_line_breaks_of_csv(string name, string newLine)
    {
        var encoding = EncodingOf(name);
        using var fixture = new CsvFixture();
        await File.WriteAllTextAsync(fixture.FilePath, $"userName,id,enabled,externalId{newLine}Zoë,1,true,m1{newLine}", encoding);
        await using (var connector = fixture.Open())
            await connector.SetEnabledAsync("1", false, CsvFixture.Context, default);
        var expected = encoding.GetPreamble().Concat(encoding.GetBytes($"userName,id,enabled,externalId{newLine}Zoë,1,false,m1{newLine}"));
        Assert.Equal(expected, await File.ReadAllBytesAsync(fixture.FilePath));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Should_keep_the_encoding_and_the_line_breaks_of_json_lines(string name, string newLine)
    {
        var encoding = EncodingOf(name);
        using var fixture = new CsvFixture();
        await File.WriteAllTextAsync(fixture.LinesPath, $$"""{"id":"1","userName":"Zoë","enabled":true}{{newLine}}""", encoding);
        await using (var connector = fixture.OpenLines())
            await connector.SetEnabledAsync("1", false, CsvFixture.Context, default);
        var expected = encoding.GetPreamble().Concat(encoding.GetBytes($$"""{"id":"1","userName":"Zoë","enabled":false}{{newLine}}"""));
        Assert.Equal(expected, await File.ReadAllBytesAsync(fixture.LinesPath));
    }

    [Fact]
    public async Task When_it_is_new_Should_let_nobody_else_read_it()
    {
        if (OperatingSystem.IsWindows())
            throw Xunit.Sdk.SkipException.ForSkip("Windows gives a new file the permissions of its folder");
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open();
        await connector.CreateAsync(CsvFixture.User("a", "1"), CsvFixture.Context, default);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(fixture.FilePath));
    }

    [Fact]
    public async Task When_others_may_read_it_Should_stay_so_and_keep_the_journal_to_itself()
    {
        if (OperatingSystem.IsWindows())
            throw Xunit.Sdk.SkipException.ForSkip("Windows gives a new file the permissions of its folder");
        await using var file = new LargeFile();
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(file.FilePath, Shared);
        await (await file.OpenBusyAsync()).CreateAsync("second");
        Assert.Equal(Shared, File.GetUnixFileMode(file.FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.JournalPath));
    }

    [Fact]
    public async Task When_an_edit_keeps_its_length_Should_see_it()
    {
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open();
        await connector.CreateAsync(CsvFixture.User("ann", "1"), CsvFixture.Context, default);
        await File.WriteAllTextAsync(fixture.FilePath, fixture.Text.Replace("ann", "bob", StringComparison.Ordinal));
        Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("2", "bob"), CsvFixture.Context, default));
    }

    private static Encoding EncodingOf(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(false),
        "utf-8-bom" => new UTF8Encoding(true),
        _ => Encoding.GetEncoding(name),
    };
}
