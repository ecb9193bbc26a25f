using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Host.Cli;
using Provisioning.Host.Composition;
using Spectre.Console;

namespace Provisioning.Host.Tests;

public sealed class When_the_host_writes_for_people
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void Should_log_when_with_the_date_and_the_offset_how_serious_and_where()
    {
        var time = new FakeTimeProvider(Now);
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-3.5), "test", "test"));
        using var writer = new StringWriter();
        new PlainLines(time).Write(
            new LogEntry<string>(LogLevel.Warning, "Provisioning.Host.Replanning.Replanner", default, "held", null, (state, _) => state), null, writer);
        Assert.Equal("2026-03-04T01:36:07-03:30 warn  Replanner: held", writer.ToString().TrimEnd());
    }

    [Fact]
    public void Should_shorten_a_moment_and_nothing_else()
    {
        Assert.Equal("2026-11-30 06:42:22Z", CellText.Of("2026-11-30T06:42:22.6730000+00:00"));
        Assert.Equal("2026-11-30 05:42:22Z", CellText.Of("2026-11-30T06:42:22.6730000+01:00"));
        Assert.Equal("2026-11-30", CellText.Of("2026-11-30"));
        Assert.Equal("", CellText.Of(null));
    }

    [Theory]
    [InlineData(0, "0 users")]
    [InlineData(1, "1 user")]
    [InlineData(2, "2 users")]
    public void Should_count_in_words(long count, string expected) => Assert.Equal(expected, Output.Count(count, "user"));

    [Fact]
    public void Should_never_break_an_id_in_two()
    {
        const string Id = "01a22b301b2c7d4e8f90a1b2c3d4e5f6", Account = "uid=ada,ou=people,dc=example,dc=com";
        (string, string)[] columns = [("id", "id"), ("identity provider", "identityProvider"), ("resource", "resource"), ("account", "accountId"), ("cause", "error")];
        var items = new JsonArray(new JsonObject
        {
            ["id"] = Id, ["identityProvider"] = "directory", ["resource"] = "ada", ["accountId"] = Account, ["error"] = "the entry would not fit its object classes",
        });
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = Math.Max(80, Output.NeededWidth(items, columns));
        console.Write(Output.Rows(items, columns));
        Assert.Contains(Id, written.ToString(), StringComparison.Ordinal);
        Assert.Contains(Account, written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disabled", 0, 1, "leaving")]
    [InlineData("absent", 0, 1, "leaving")]
    [InlineData("absent", 0, -1, "pending")]
    [InlineData("absent", 2, 1, "pending")]
    [InlineData("present", 0, 1, "pending")]
    public void Should_show_a_leaver_in_a_grace_period_as_leaving(string desired, int attempts, int days, string expected)
    {
        var assignment = new JsonObject { ["status"] = "pending", ["desired"] = desired, ["attempts"] = attempts, ["due"] = Now.AddDays(days).ToString("O") };
        Leaving.Show([assignment], Now);
        Assert.Equal(expected, assignment["status"]!.ToString());
        Assert.Equal(expected == "leaving", assignment["due"] is not null);
    }
}
