using Provisioning.Core.Configuration;
using Provisioning.Host.Inbound;

namespace Provisioning.Host.Tests;

/// <summary>What lists hold in memory at the same time is bounded, however many callers there are, and callers wait for their own.</summary>
public sealed class When_lists_are_asked_for_at_once
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Should_let_a_service_provider_wait_for_itself_alone()
    {
        using var gates = new MemoryGates();
        var first = await gates.EnterListAsync(Of("p"), None);
        await gates.EnterListAsync(Of("p"), None);
        var third = gates.EnterListAsync(Of("p"), None);
        Assert.False(third.IsCompleted);
        using (await gates.EnterListAsync(Of("q"), None))
            first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Should_forget_a_caller_who_left_while_waiting()
    {
        using var gates = new MemoryGates();
        var first = await gates.EnterListAsync(Of("p"), None);
        await gates.EnterListAsync(Of("p"), None);
        using var gone = new CancellationTokenSource();
        var third = gates.EnterListAsync(Of("p"), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        first.Dispose();
        (await gates.EnterListAsync(Of("p"), None)).Dispose();
    }

    [Fact]
    public async Task Should_look_through_three_batches_at_a_time()
    {
        using var gates = new MemoryGates();
        var (reading, most) = (0, 0);
        var open = new TaskCompletionSource();
        var scans = Enumerable.Range(0, 8).Select(_ => Scan.RunAsync<string>(
            async (after, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref reading));
                await open.Task;
                Interlocked.Decrement(ref reading);
                return after is null ? ["a", "b"] : [];
            },
            x => x,
            x => x == "b",
            x => 1,
            new ListQuery(null, 1, 10, null!),
            gates,
            None)).ToList();
        Assert.Equal(3, reading);
        open.SetResult();
        foreach (var page in await Task.WhenAll(scans))
            Assert.Equal("b", Assert.Single(page.Items));
        Assert.Equal(3, most);
    }

    private static Caller Of(string serviceProvider) => new(new ServiceProvider { Name = serviceProvider }, ProvisioningConfiguration.Empty);
}
