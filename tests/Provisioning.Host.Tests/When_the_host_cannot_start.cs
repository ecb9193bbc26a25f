using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>It says in one line what to do, ends with an exit code, and has changed nothing.</summary>
public sealed class When_the_host_cannot_start
{
    private readonly string _root = TestFolder.Create();

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:0/base")]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0;https://127.0.0.1:0")]
    [InlineData("http://localhost:0")]
    [InlineData("http://192.0.2.1:0")]
    public void Should_name_an_address_that_it_cannot_listen_on(string urls)
    {
        var refused = Assert.Throws<StartException>(() => ListenAddresses.Check(urls));
        Assert.StartsWith("--urls: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0;http://127.0.0.1:0")]
    [InlineData("http://*:0")]
    public void Should_accept_an_address_that_it_can_listen_on(string urls) => ListenAddresses.Check(urls);

    [Fact]
    public async Task Should_make_no_data_folder_where_another_process_listens()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var settings = Settings($"http://{other.LocalEndpoint}");
        Directory.CreateDirectory(settings.Policies);
        Assert.Equal(1, await HostRunner.RunAsync(settings, CancellationToken.None));
        Assert.False(Directory.Exists(settings.Data));
    }

    [Fact]
    public async Task Should_make_no_data_folder_where_the_policy_folder_does_not_exist()
    {
        var settings = Settings("http://127.0.0.1:0");
        Assert.Equal(1, await HostRunner.RunAsync(settings, CancellationToken.None));
        Assert.False(Directory.Exists(settings.Data));
    }

    [Fact]
    public void Should_name_a_data_folder_that_is_a_file()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        Assert.Contains("it is a file", Assert.Throws<StartException>(() => DataFolder.Prepare(file)).Message, StringComparison.Ordinal);
        Assert.Contains(file, Assert.Throws<StartException>(() => DataFolder.Prepare(Path.Combine(file, "below"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_describe_what_an_operator_can_mend_in_a_line_and_a_fault_of_its_own_with_its_stack()
    {
        Assert.Equal("no room", StartFailure.Describe(new AggregateException(new IOException("no room"))));
        Assert.Equal("not there", StartFailure.Describe(new SecretException("not there")));
        Assert.Contains(nameof(InvalidCastException), StartFailure.Describe(new InvalidCastException("?")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging:Console:FormatterName", "xml")]
    [InlineData("Logging:LogLevel:Default", "loud")]
    public void Should_name_a_log_setting_that_there_is_not(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, (string?)value)]).Build();
        var refused = Assert.Throws<StartException>(() => LoggerFactory.Create(x => HostLogging.Configure(x, configuration, new StartGate(TimeProvider.System))));
        Assert.StartsWith($"{setting} is '{value}'; it must be one of ", refused.Message, StringComparison.Ordinal);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void Should_close_a_data_folder_that_was_open_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are inherited there");
        var data = Path.Combine(_root, "data");
        Assert.Equal(0, DataFolder.Prepare(data));
        Assert.Equal(DataFile.PrivateFolder, File.GetUnixFileMode(data));

        var accounts = Directory.CreateDirectory(Path.Combine(data, "accounts"), (UnixFileMode)0b111_101_101);
        foreach (var file in (string[])["provisioning.db", "host.url", "accounts/staff.csv"])
        {
            File.WriteAllText(Path.Combine(data, file), "");
            File.SetUnixFileMode(Path.Combine(data, file), (UnixFileMode)0b110_100_100);
        }

        File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        Assert.Equal(5, DataFolder.Prepare(data));
        Assert.Equal(DataFile.PrivateFolder, File.GetUnixFileMode(accounts.FullName));
        Assert.Equal(DataFile.PrivateFile, File.GetUnixFileMode(Path.Combine(data, "accounts", "staff.csv")));
        Assert.Equal(0, DataFolder.Prepare(data));
    }

    private HostSettings Settings(string urls) =>
        new(Path.Combine(_root, "config"), Path.Combine(_root, "policies"), Path.Combine(_root, "plugins"), Path.Combine(_root, "data"), urls);
}
