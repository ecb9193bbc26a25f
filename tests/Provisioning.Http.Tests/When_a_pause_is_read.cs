using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Provisioning.Http.Tests;

public sealed class When_a_pause_is_read
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("Retry-After", "99999999", 86400)]
    [InlineData("RateLimit-Reset", "9", 9)]
    [InlineData("X-RateLimit-Reset", "1772366460", 60)]
    [InlineData("X-Rate-Limit-Reset", "12", 12)]
    [InlineData("RateLimit", "\"default\";r=0;t=11", 11)]
    [InlineData("RateLimit", "limit=100, remaining=0, reset=13", 13)]
    [InlineData("RateLimit-Reset", "soon", null)]
    [InlineData("Server", "x", null)]
    public void Should_understand(string name, string value, int? seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(name, value);
        Assert.Equal(seconds, RetryHint.Read(response.Headers, _time)?.TotalSeconds);
    }

    [Fact]
    public void Should_prefer_Retry_After()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("RateLimit-Reset", "9");
        response.Headers.TryAddWithoutValidation("Retry-After", 5.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.FromSeconds(5), RetryHint.Read(response.Headers, _time));
    }
}
