using System.Text;

namespace Provisioning.Connectors.Csv.Tests;

/// <summary>A broken file is the target's fault and never that of the account that happens to change.</summary>
public sealed class When_a_file_is_broken
{
    public static TheoryData<string, string[]> Csv => new()
    {
        { "id,userName\r\n1,\"a\r\n", ["line 2", "\"a", "never closed"] },
        { "userName\r\na\r\n", ["line 1", "'userName'", "no 'id' column"] },
        { "id;userName;enabled\r\n1;a;true\r\n", ["line 1", "'id;userName;enabled'", "set 'delimiter' to ';'"] },
        { "id,userName\r\n1,\"a\nb\"\r\n1,b\r\n", ["line 4", "the id '1' a second time"] },
        { "id,userName\r\n1\r\n", ["line 2", "1 fields for 2 columns"] },
        { "id,userName\r\n1,a,surplus\r\n", ["line 2", "3 fields for 2 columns", "'surplus'"] },
        { "id,userName\r\n1,a\"b\r\n", ["line 2", "'a\"b'", "a quote inside an unquoted field"] },
        { "id,userName\r\n1,\"a\"b\r\n", ["line 2", "'b'", "text after a closing quote"] },
        { "id,userName,username\r\n1,a,b\r\n", ["line 1", "the column 'username' twice"] },
        { "id,,userName\r\n1,a,b\r\n", ["line 1", "a column without a name"] },
        { "id,userName\r\n,ann\r\n", ["line 2", "no id for 'ann'"] },
        { "id,userName,enabled\r\n1,ann,yes\r\n", ["line 2", "'yes'"] },
    };

    [Theory]
    [MemberData(nameof(Csv))]
    public async Task Should_hold_the_target_say_what_to_do_and_not_touch_the_file(string content, string[] said)
    {
        using var fixture = new CsvFixture(content);
        await using var connector = fixture.Open();
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(CsvFixture.User("z", "9"), CsvFixture.Context, default));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        Assert.All([fixture.FilePath, .. said], text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
        Assert.Equal(content, fixture.Text);
        Assert.Equal(failure.Message, await connector.TestAsync(CsvFixture.Context, default));
    }

    [Fact]
    public async Task When_it_is_mended_Should_go_on()
    {
        using var fixture = new CsvFixture("id;userName\r\n1;a\r\n");
        await using var connector = fixture.Open();
        Assert.NotNull(await connector.TestAsync(CsvFixture.Context, default));
        await File.WriteAllTextAsync(fixture.FilePath, "id,userName\r\n1,a\r\n");
        Assert.Null(await connector.TestAsync(CsvFixture.Context, default));
        await connector.CreateAsync(CsvFixture.User("z", "9"), CsvFixture.Context, default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_it_is_latin_1_Should_say_where_and_keep_every_byte(bool mark)
    {
        using var fixture = new CsvFixture();
        byte[] bytes = [.. mark ? Encoding.UTF8.Preamble : default, .. Encoding.Latin1.GetBytes("id,userName\r\n1,ann\r\n2,Müller\r\n")];
        await File.WriteAllBytesAsync(fixture.FilePath, bytes);
        await using var connector = fixture.Open();
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(CsvFixture.User("z", "9"), CsvFixture.Context, default));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        Assert.Contains($"'{fixture.FilePath}' is not valid UTF-8 on line 3, which has the byte 0xFC in '2,Müller'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(fixture.FilePath));
    }

    [Fact]
    public async Task When_its_own_folder_is_not_there_yet_Should_make_it()
    {
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open(lines: false, Path.Combine("accounts", "office.csv"));
        Assert.Null(await ((ITestConnection)connector).TestAsync(CsvFixture.Context, default));
        await ((ICreateAccounts)connector).CreateAsync(CsvFixture.User("z", "9"), CsvFixture.Context, default);
        Assert.True(File.Exists(Path.Combine(fixture.Folder, "accounts", "office.csv")));
    }

    [Fact]
    public async Task When_the_connector_is_closed_Should_ask_for_another_try()
    {
        using var fixture = new CsvFixture();
        var connector = fixture.Open();
        await connector.DisposeAsync();
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(CsvFixture.User("z", "9"), CsvFixture.Context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
    }
}
