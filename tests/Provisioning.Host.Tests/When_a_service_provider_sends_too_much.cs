using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Tests;

/// <summary>A service provider with a limit of requests a second is held to it, and nobody else is.</summary>
public sealed class When_a_service_provider_sends_too_much
{
    [Fact]
    public async Task Should_tell_it_to_wait_and_serve_the_others()
    {
        await using var rig = await InboundRig.StartAsync(("busy", "\"requestsPerSecond\": 3"));
        using var busy = rig.Client(InboundRig.TokenOf("busy"));
        using var portal = rig.Client();
        var refused = new List<HttpResponseMessage>();
        for (var i = 0; i < 60; i++)
        {
            // More than come back within the time that this takes.
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => busy.GetAsync("/scim/v2/Users")));
            refused.AddRange(answers.Where(x => x.StatusCode == HttpStatusCode.TooManyRequests));
            if (refused.Count > 0)
                break;
        }

        Assert.NotEmpty(refused);
        Assert.Equal("1", refused[0].Headers.RetryAfter!.ToString());
        Assert.Contains("too many requests", await refused[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/scim/v2/Users")).StatusCode);
        Assert.Empty(rig.Logged);
    }

    [Fact]
    public async Task Should_take_another_limit_at_once()
    {
        await using var rig = await InboundRig.StartAsync(("busy", "\"requestsPerSecond\": 1"));
        using var busy = rig.Client(InboundRig.TokenOf("busy"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => busy.GetAsync("/scim/v2/Users")));
        Assert.Contains(answers, x => x.StatusCode == HttpStatusCode.TooManyRequests);
        var path = Path.Combine(rig.Config, "service-providers", "busy.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"requestsPerSecond\": 1", "\"requestsPerSecond\": 1000", StringComparison.Ordinal));
        rig.Services.GetRequiredService<ConfigurationFolder>().Refresh();
        answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => busy.GetAsync("/scim/v2/Users")));
        Assert.All(answers, x => Assert.Equal(HttpStatusCode.OK, x.StatusCode));
    }
}
