using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;

namespace Provisioning.Http.Tests;

public sealed class When_tokens_are_cached
{
    private readonly FakeTimeProvider _time = new();
    private readonly Source _source = new();

    [Fact]
    public async Task Should_fetch_one_for_all_who_wait()
    {
        using var cache = new TokenCache(_source, _time);
        _source.Gate = new TaskCompletionSource();
        var waiting = Enumerable.Range(0, 20).Select(_ => cache.GetAsync(null, default)).ToArray();
        _source.Gate.SetResult();
        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("t1", token.Value));
        Assert.Equal(1, _source.Fetched);
    }

    [Theory]
    [InlineData(3600, 3539, 3541)]
    [InlineData(60, 29, 31)]
    public async Task Should_fetch_the_next_shortly_before_the_end(int lifetime, int before, int after)
    {
        _source.Lifetime = TimeSpan.FromSeconds(lifetime);
        using var cache = new TokenCache(_source, _time);
        await cache.GetAsync(null, default);
        _time.Advance(TimeSpan.FromSeconds(before));
        Assert.Equal("t1", (await cache.GetAsync(null, default)).Value);
        _time.Advance(TimeSpan.FromSeconds(after - before));
        Assert.Equal("t2", (await cache.GetAsync(null, default)).Value);
    }

    [Fact]
    public async Task Should_keep_one_without_a_lifetime_until_it_is_refused()
    {
        _source.Lifetime = null;
        using var cache = new TokenCache(_source, _time);
        var first = await cache.GetAsync(null, default);
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal("t1", (await cache.GetAsync(null, default)).Value);
        // Two calls whose token was refused at the same time need one new token.
        Assert.Equal("t2", (await cache.GetAsync(first, default)).Value);
        Assert.Equal("t2", (await cache.GetAsync(first, default)).Value);
    }

    [Fact]
    public async Task Should_ask_again_after_a_failure()
    {
        using var cache = new TokenCache(_source, _time);
        _source.Failure = new ConnectorException(FailureKind.Transient, "down");
        await Assert.ThrowsAsync<ConnectorException>(() => cache.GetAsync(null, default));
        _source.Failure = null;
        Assert.Equal("t2", (await cache.GetAsync(null, default)).Value);
    }

    private sealed class Source : IAccessTokenSource
    {
        public int Fetched { get; private set; }

        public TimeSpan? Lifetime { get; set; } = TimeSpan.FromHours(1);

        public TaskCompletionSource? Gate { get; set; }

        public Exception? Failure { get; set; }

        public async Task<AccessToken> RequestAsync(CancellationToken cancellationToken)
        {
            Fetched++;
            if (Gate is not null)
                await Gate.Task;
            return Failure is null ? new AccessToken($"t{Fetched}", Lifetime, []) : throw Failure;
        }
    }
}
