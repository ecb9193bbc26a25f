using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Salesforce;

/// <summary>
/// Creates users that are wanted at the same time with one call, because each call counts against the daily allowance. Nobody
/// waits for company: what arrives while a call is on its way goes with the next.
/// </summary>
internal sealed class UserLoader(SalesforceApi api, int most)
{
    private readonly Lock _gate = new();
    private readonly Queue<Wish> _waiting = [];
    private bool _sending;

    public async Task<RecordResult> CreateAsync(JsonObject body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wish = new Wish(body, cancellationToken);
        var leads = false;
        lock (_gate)
        {
            _waiting.Enqueue(wish);
            if (!_sending)
                leads = _sending = true;
        }

        if (leads)
            _ = SendAllAsync();
        return await wish.Result.Task.WaitAsync(cancellationToken);
    }

    private async Task SendAllAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            try
            {
                // Not cancelled by one of them: the others still want theirs. The time limit of a request holds.
                var results = await api.CreateManyAsync("User", batch.Select(wish => wish.Body), CancellationToken.None);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Result.TrySetResult(results[i]);
            }
            catch (Exception failure)
            {
                foreach (var wish in batch)
                    wish.Result.TrySetException(failure);
            }
        }
    }

    private List<Wish> Next()
    {
        lock (_gate)
        {
            var batch = new List<Wish>();
            while (batch.Count < most && _waiting.TryDequeue(out var wish))
            {
                if (!wish.Cancelled.IsCancellationRequested)
                    batch.Add(wish);
            }

            _sending = batch.Count > 0;
            return batch;
        }
    }

    private sealed record Wish(JsonObject Body, CancellationToken Cancelled)
    {
        public TaskCompletionSource<RecordResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
