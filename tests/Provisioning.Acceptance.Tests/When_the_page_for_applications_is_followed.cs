using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Acceptance.Tests;

/// <summary>Every request of host/docs/applications.md is sent in the order of the page, and answered as the page says.</summary>
public sealed partial class When_the_page_for_applications_is_followed
{
    [Fact]
    public async Task Should_be_answered_as_it_says()
    {
        var config = new ScratchConfig();
        config.Csv("plain");
        config.Portal("""{ "identityProvider": "plain", "blocking": true, "jit": true }""");
        await using var host = await new HostProcess(config.Root, config.Policies).StartAsync();
        using var portal = host.Client("portal");
        var (id, sent) = ("", 0);
        foreach (var example in Examples())
        {
            using var answer = await portal.SendAsync(Request(example.Command, id, portal.DefaultRequestHeaders.Authorization!.Parameter!));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == example.Status, $"{example.Command}\n{answer.StatusCode} {text}");
            var body = text.Length == 0 ? null : JsonNode.Parse(text);
            if (example.Answer is { } expected)
                AssertHas(JsonNode.Parse(expected.Replace("$ID", id, StringComparison.Ordinal)), body, example.Command);
            id = (body?["id"] ?? (body?["Resources"] as JsonArray)?.FirstOrDefault()?["id"])?.ToString() ?? id;
            sent++;
        }

        Assert.Equal(11, sent);
    }

    [Fact]
    public async Task Should_name_every_reason_in_the_table()
    {
        var page = await File.ReadAllTextAsync(Page);
        var enumeration = await File.ReadAllTextAsync(Path.Combine(Root, "host", "Provisioning.Core", "Pipeline", "AccessReason.cs"));
        var reasons = ReasonPattern().Matches(enumeration).Select(x => char.ToLowerInvariant(x.Groups[1].Value[0]) + x.Groups[1].Value[1..]).ToList();
        Assert.Equal(14, reasons.Count);
        Assert.All(reasons, x => Assert.Contains($"| `{x}` |", page, StringComparison.Ordinal));
    }

    private static string Root => Path.GetFullPath(Path.Combine(HostProcess.Folder, "..", "..", "..", "..", ".."));

    private static string Page => Path.Combine(Root, "host", "docs", "applications.md");

    private static IEnumerable<(string Command, int Status, string? Answer)> Examples()
    {
        var page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var blocks = ShellPattern().Matches(page).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            var between = page[(blocks[i].Index + blocks[i].Length)..(i + 1 < blocks.Count ? blocks[i + 1].Index : page.Length)];
            var json = JsonPattern().Match(between);
            var status = StatusPattern().Match(json.Success ? between[..json.Index] : between);
            yield return (blocks[i].Groups[1].Value, status.Success ? int.Parse(status.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 200, json.Success ? json.Groups[1].Value : null);
        }
    }

    private static HttpRequestMessage Request(string command, string id, string token)
    {
        var one = command.Replace("\\\n", " ", StringComparison.Ordinal).Replace("$ID", id, StringComparison.Ordinal);
        var (method, body) = (MethodPattern().Match(one), BodyPattern().Match(one));
        var address = AddressPattern().Match(one).Groups[1].Value;
        if (QueryPattern().Match(one) is { Success: true } query)
            address += $"?{query.Groups[1].Value}={Uri.EscapeDataString(query.Groups[2].Value)}";
        var request = new HttpRequestMessage(method.Success ? new HttpMethod(method.Groups[1].Value) : body.Success ? HttpMethod.Post : HttpMethod.Get, address);
        if (body.Success)
            request.Content = new StringContent(
                body.Groups[1].Value.Replace("$TOKEN", token, StringComparison.Ordinal),
                Encoding.UTF8,
                MediaTypeHeaderValue.Parse(TypePattern().Match(one) is { Success: true } type ? type.Groups[1].Value : "application/x-www-form-urlencoded"));
        return request;
    }

    private static void AssertHas(JsonNode? expected, JsonNode? actual, string place)
    {
        switch (expected)
        {
            case JsonObject complex:
                foreach (var (name, value) in complex)
                    AssertHas(value, actual?[name], $"{place}\n{name}");
                break;
            case JsonArray list:
                Assert.Equal(list.Count, actual!.AsArray().Count);
                for (var i = 0; i < list.Count; i++)
                    AssertHas(list[i], actual[i], place);
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{place}: {actual?.ToJsonString()} instead of {expected?.ToJsonString()}");
                break;
        }
    }

    [GeneratedRegex("```sh\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ShellPattern();

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex JsonPattern();

    [GeneratedRegex(@"[Tt]he answer is (\d{3})")]
    private static partial Regex StatusPattern();

    [GeneratedRegex(@"-X (\w+)")]
    private static partial Regex MethodPattern();

    [GeneratedRegex("""--data-urlencode '(\w+)=([^']*)'""")]
    private static partial Regex QueryPattern();

    [GeneratedRegex("""\$HOST([^"]*)" """)]
    private static partial Regex AddressPattern();

    [GeneratedRegex("-d '([^']*)'")]
    private static partial Regex BodyPattern();

    [GeneratedRegex("Content-Type: ([^\"]+)\"")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^    (\w+),", RegexOptions.Multiline)]
    private static partial Regex ReasonPattern();
}
