namespace Provisioning.Storage.Tests;

public sealed class OperationQueueTests
{
    private readonly OperationQueue _queue = new();
    private readonly List<string> _done = [];

    [Fact]
    public void When_nobody_waits_Should_take_as_many_as_may_be()
    {
        Add("other", 100, ahead: false);
        Assert.Equal([100], Batches(256));
    }

    [Fact]
    public void When_a_caller_comes_Should_take_the_caller_alone_and_then_few_of_the_others()
    {
        Add("other", 20, ahead: false);
        Add("caller", 1, ahead: true);
        Assert.Equal([1, 8, 8, 4], Batches(256));
        Assert.StartsWith("caller", _done[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10, 18)]
    [InlineData(100, 32, 24)]
    public void When_callers_never_cease_Should_give_the_others_a_turn_all_the_same(int callers, int alone, int together)
    {
        Add("other", 16, ahead: false);
        for (var i = 0; i < 4; i++)
        {
            Add("caller", callers, ahead: true);
            Assert.Equal(i % 2 == 0 ? alone : together, TakeOne(32));
        }

        Assert.Equal(16, _done.Count(x => x.StartsWith("other", StringComparison.Ordinal)));
    }

    [Fact]
    public void When_closed_Should_take_nothing_in_and_give_out_what_is_there()
    {
        Add("other", 3, ahead: false);
        _queue.Close();
        Assert.True(_queue.Add(_ => 0, ahead: true, CancellationToken.None).IsFaulted);
        Assert.Equal([3], Batches(256));
        Assert.False(_queue.Take([], 256));
    }

    [Fact]
    public void When_kept_for_callers_Should_take_nothing_else()
    {
        Add("other", 20, ahead: false);
        Add("caller", 3, ahead: true);
        var batch = new List<SqlOperation>();
        Assert.True(_queue.Take(batch, 256, OperationTaker.OnlyCallers));
        batch.ForEach(x => x.Run(null!));
        Assert.Equal(["caller", "caller", "caller"], _done);
        _queue.Close();
        Assert.False(_queue.Take(batch, 256, OperationTaker.OnlyCallers));
        Assert.Equal([8, 8, 4], Batches(256));
    }

    [Fact]
    public void When_a_caller_was_taken_by_the_one_kept_for_callers_Should_not_take_a_turn_from_the_others()
    {
        Add("other", 20, ahead: false);
        for (var i = 0; i < 3; i++)
        {
            Add("caller", 1, ahead: true);
            Assert.True(_queue.Take([], 256, OperationTaker.OnlyCallers));
        }

        Add("caller", 1, ahead: true);
        Assert.Equal([1, 8, 8, 4], Batches(256));
    }

    [Theory]
    [InlineData(nameof(OperationTaker.Any), nameof(OperationTaker.Any), nameof(OperationTaker.Any), nameof(OperationTaker.Any))]
    [InlineData(nameof(OperationTaker.OnlyCallers), nameof(OperationTaker.Any), nameof(OperationTaker.Any), nameof(OperationTaker.Any))]
    [InlineData(nameof(OperationTaker.OnlyCallers), nameof(OperationTaker.Any), nameof(OperationTaker.StandsBack), nameof(OperationTaker.StandsBack))]
    public async Task When_many_threads_add_and_take_Should_give_out_each_once(params string[] kinds)
    {
        var taken = 0;
        var takers = kinds.Select(Enum.Parse<OperationTaker>).Select(kind => Task.Factory.StartNew(
            () =>
            {
                var batch = new List<SqlOperation>();
                while (_queue.Take(batch, 8, kind))
                {
                    Interlocked.Add(ref taken, batch.Count);
                    batch.ForEach(x => x.Complete());
                }
            },
            TaskCreationOptions.LongRunning)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(adder => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
                await _queue.Add(_ => 0, ahead: adder % 2 == 0, CancellationToken.None);
        })));
        _queue.Close();
        await Task.WhenAll(takers);
        Assert.Equal(8 * 500, taken);
    }

    [Fact]
    public void When_it_stands_back_Should_take_the_others_only_while_there_are_no_callers()
    {
        Add("other", 20, ahead: false);
        Assert.True(_queue.Take([], 5, OperationTaker.StandsBack));
        Add("caller", 1, ahead: true);
        var batch = new List<SqlOperation>();
        Assert.True(_queue.Take(batch, 256, OperationTaker.StandsBack));
        Assert.Single(batch);
        _queue.Close();
        Assert.False(_queue.Take(batch, 256, OperationTaker.StandsBack));
        Assert.Equal([8, 7], Batches(256));
    }

    [Fact]
    public async Task When_the_callers_are_gone_Should_take_the_others_again()
    {
        Add("caller", 1, ahead: true);
        Assert.True(_queue.Take([], 256, OperationTaker.OnlyCallers));
        Add("other", 3, ahead: false);
        var batch = new List<SqlOperation>();
        Assert.True(await Task.Run(() => _queue.Take(batch, 256, OperationTaker.StandsBack)));
        Assert.Equal(3, batch.Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 3)]
    [InlineData(64, 3)]
    public void While_there_are_callers_Should_keep_half_of_the_processors_busy_with_the_others(int processors, int writers) => Assert.Equal(
        writers, Enumerable.Range(0, 4).Count(i => Postgres.PostgresDatabase.TakerOf(i, processors) == OperationTaker.Any));

    private void Add(string name, int count, bool ahead)
    {
        for (var i = 0; i < count; i++)
            _ = _queue.Add(_ => { _done.Add(name); return 0; }, ahead, CancellationToken.None);
    }

    private int TakeOne(int max)
    {
        var batch = new List<SqlOperation>();
        Assert.True(_queue.Take(batch, max));
        batch.ForEach(x => x.Run(null!));
        return batch.Count;
    }

    /// <summary>The sizes of all batches until the queue is empty.</summary>
    private List<int> Batches(int max)
    {
        var sizes = new List<int>();
        _queue.Close();
        var batch = new List<SqlOperation>();
        while (_queue.Take(batch, max))
        {
            sizes.Add(batch.Count);
            batch.ForEach(x => x.Run(null!));
        }

        return sizes;
    }
}
