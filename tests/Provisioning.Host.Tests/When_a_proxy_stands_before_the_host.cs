using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Provisioning.Host.Security;

namespace Provisioning.Host.Tests;

/// <summary>What a proxy says of a request counts only if the proxy is named.</summary>
public sealed class When_a_proxy_stands_before_the_host
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9 https://provisioning.example.com")]
    [InlineData("127.0.0.0/8, 10.0.0.5", "203.0.113.9, 10.0.0.5", "203.0.113.9 https://provisioning.example.com")]
    [InlineData("127.0.0.1", "203.0.113.9, 10.0.0.5", "10.0.0.5 https://provisioning.example.com")]
    [InlineData("10.0.0.5", "203.0.113.9", "127.0.0.1 http://host.internal")]
    [InlineData(null, "203.0.113.9", "127.0.0.1 http://host.internal")]
    public async Task Should_believe_only_those_that_are_named(string? proxies, string chain, string seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseTrustedProxies(proxies);
        app.Run(http => http.Response.WriteAsync($"{http.Connection.RemoteIpAddress!.MapToIPv4()} {http.Request.Scheme}://{http.Request.Host}"));
        await app.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First());
        request.Headers.Host = "host.internal";
        request.Headers.Add("X-Forwarded-For", chain);
        request.Headers.Add("X-Forwarded-Proto", string.Join(", ", chain.Split(',').Select(_ => "https")));
        request.Headers.Add("X-Forwarded-Host", string.Join(", ", chain.Split(',').Select(_ => "provisioning.example.com")));
        Assert.Equal(seen, await (await client.SendAsync(request)).Content.ReadAsStringAsync());
    }
}
