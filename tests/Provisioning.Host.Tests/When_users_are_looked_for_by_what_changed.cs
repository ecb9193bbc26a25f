using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>Filters that an index answers: by display name, and by the moment since when users changed.</summary>
public sealed class When_users_are_looked_for_by_what_changed : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private InboundRig _rig = null!;
    private HttpClient _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await InboundRig.StartAsync();
        _portal = _rig.Client();
        for (var i = 0; i < 1_200; i++)
        {
            // From the end of the alphabet to its beginning, two at each moment.
            var name = $"u{1_200 - i:d4}";
            await _rig.Storage.Ledger.CommitUserAsync(
                People.Known(name, name, new JsonObject { ["userName"] = name, ["displayName"] = $"Émile {i}" }, Start.AddSeconds(i / 2)), WriteKind.Insert, [], CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_rig.Logged);
        _portal.Dispose();
        await _rig.DisposeAsync();
    }

    [Theory]
    [InlineData("meta.lastModified gt \"2026-01-05T08:09:57Z\"", 4, "u0001")]
    [InlineData("meta.lastModified ge \"2026-01-05T09:09:57+01:00\"", 6, "u0001")]
    [InlineData("meta.lastModified gt \"2026-01-05T08:09:57Z\" and userName sw \"u0003\"", 1, "u0003")]
    [InlineData("meta.lastModified gt \"2026-01-05T08:09:57Z\" and meta.lastModified lt \"2026-01-05T08:09:59Z\"", 2, "u0003")]
    [InlineData("meta.lastModified eq \"2026-01-05T08:00:00Z\"", 2, "u1199")]
    [InlineData("meta.lastModified gt \"2026-01-05T08:00:00Z\"", 1198, null)]
    [InlineData("meta.lastModified gt \"2027-01-05T08:00:00Z\"", 0, null)]
    [InlineData("not (meta.lastModified gt \"2026-01-05T08:00:00Z\")", 2, "u1199")]
    [InlineData("meta.lastModified gt \"2027-01-05T08:00:00Z\" or userName eq \"u0007\"", 1, "u0007")]
    [InlineData("displayName eq \"éMILE 7\"", 1, "u1193")]
    [InlineData("displayName eq \"Émile 7\" and userName eq \"nobody\"", 0, null)]
    public async Task Should_find_those_and_no_others(string filter, int count, string? one)
    {
        foreach (var token in (string[])[InboundRig.Token, _rig.ResidentToken])
        {
            using var caller = _rig.Client(token);
            var found = new List<string>();
            do
            {
                var page = JsonNode.Parse(await caller.GetStringAsync($"/scim/v2/Users?count=500&startIndex={found.Count + 1}&filter={Uri.EscapeDataString(filter)}"))!;
                Assert.Equal(count, page["totalResults"]!.GetValue<int>());
                found.AddRange(page["Resources"]!.AsArray().Select(x => x!["userName"]!.ToString()));
            }
            while (found.Count < count);

            Assert.Equal(count, found.Distinct().Count());
            if (one is not null)
                Assert.Contains(one, found);
        }
    }

    [Fact]
    public async Task Should_find_by_the_new_display_name_and_the_new_moment()
    {
        var before = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O");
        await InboundRig.SendAsync(_portal, "PATCH", "/scim/v2/Users/u0500", Encoding.UTF8.GetBytes(
            """{ "Operations": [ { "op": "replace", "path": "displayName", "value": "Zoë" } ] }"""));
        foreach (var (filter, count) in ((string, int)[])[("displayName eq \"ZOË\"", 1), ("displayName eq \"Émile 700\"", 0), ($"meta.lastModified gt \"{before}\"", 1)])
            Assert.Equal(count, JsonNode.Parse(await _portal.GetStringAsync($"/scim/v2/Users?filter={Uri.EscapeDataString(filter)}"))!["totalResults"]!.GetValue<int>());
    }
}
