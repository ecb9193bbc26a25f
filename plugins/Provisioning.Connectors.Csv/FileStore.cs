namespace Provisioning.Connectors.Csv;

/// <summary>
/// Commits in groups: what is asked for during a commit waits, and shares the next one. Nobody hears of a success before it is on disk.
/// </summary>
internal sealed class FileStore<TRow, TTable> : IAsyncDisposable
    where TRow : class, IAccountRow<TRow>
    where TTable : AccountTable<TRow>
{
    private const int LockTries = 1000;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan FoldRetry = TimeSpan.FromSeconds(1);

    private readonly AccountFile<TRow, TTable> _file;
    private readonly ITimer _fold;
    private readonly Lock _gate = new();
    private List<FileWork<TTable>> _waiting = [];
    private Task _drain = Task.CompletedTask;
    private bool _running;
    private bool _foldAsked;
    private bool _failed;
    private bool _closed;

    public FileStore(AccountFile<TRow, TTable> file)
    {
        _file = file;
        _fold = file.Time.CreateTimer(_ => Fold(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // A host that was killed left its journal. The file catches up even if nobody asks for an account.
        if (file.HasJournal())
            _fold.Change(FoldRetry, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks at the table.</summary>
    public Task<T> ReadAsync<T>(Func<TTable, T> look, CancellationToken cancellationToken) =>
        RunAsync(new FileWork<TTable, T>(look, writes: false, cancellationToken));

    /// <summary>Runs an operation on the table, which changes the table as its last step, if at all.</summary>
    public Task<T> WriteAsync<T>(Func<TTable, T> change, CancellationToken cancellationToken) =>
        RunAsync(new FileWork<TTable, T>(change, writes: true, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        Task drain;
        lock (_gate)
        {
            _closed = true;
            Start();
            drain = _drain;
        }

        await drain;
        await _fold.DisposeAsync();
    }

    private Task<T> RunAsync<T>(FileWork<TTable, T> work)
    {
        lock (_gate)
        {
            if (_closed)
                return Task.FromException<T>(new ConnectorException(FailureKind.Transient, $"the file '{_file.Path}' was closed, as its settings or its plugin changed"));
            _waiting.Add(work);
            Start();
        }

        return work.Task;
    }

    private void Fold()
    {
        lock (_gate)
        {
            _foldAsked = !_closed;
            if (_foldAsked)
                Start();
        }
    }

    private void Start()
    {
        if (_running)
            return;
        _running = true;
        _drain = Task.Run(DrainAsync, CancellationToken.None);
    }

    private async Task DrainAsync()
    {
        while (Take() is var (batch, fold))
            await CommitAsync(batch, fold);
    }

    private (List<FileWork<TTable>> Batch, bool Fold)? Take()
    {
        lock (_gate)
        {
            var lastFold = _closed && _file.Owes && !_failed;
            if (_waiting.Count == 0 && !_foldAsked && !lastFold)
            {
                _running = false;
                if (_file.IsBehind && !_closed)
                    _fold.Change(_failed ? FoldRetry : _file.Wait, Timeout.InfiniteTimeSpan);
                return null;
            }

            var taken = (_waiting, _foldAsked || lastFold);
            (_waiting, _foldAsked) = ([], false);
            return taken;
        }
    }

    private async Task CommitAsync(List<FileWork<TTable>> batch, bool fold)
    {
        try
        {
            var writes = fold || batch.Exists(work => work.Writes);
            var (table, opened) = await OpenAsync(writes);
            using var journal = opened;
            foreach (var work in batch)
                work.Apply(table);
            if (table.IsChanged || (fold && journal?.Length > 0))
                _file.Store(journal, last: _closed);
            _failed = false;
        }
        catch (Exception e)
        {
            // Even answers that changed nothing may rest on changes that are lost now, so the whole batch fails.
            _file.Revert();
            _failed = true;
            var failure = Translate(e);
            foreach (var work in batch)
                work.Fail(failure);
            return;
        }

        foreach (var work in batch)
            work.Complete();
    }

    private async Task<(TTable Table, Journal? Journal)> OpenAsync(bool writes)
    {
        while (true)
        {
            var journal = writes || !_file.IsCurrent ? await LockAsync(writes) : null;
            try
            {
                if (_file.Current(journal) is { } table)
                    return (table, journal);
            }
            catch
            {
                journal?.Dispose();
                throw;
            }
        }
    }

    private async Task<Journal?> LockAsync(bool write)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return _file.OpenJournal(write);
            }
            catch (IOException e) when (Journal.IsBusy(e) && tries < LockTries)
            {
                await Task.Delay(LockPause, _file.Time);
            }
        }
    }

    private ConnectorException Translate(Exception e) => e switch
    {
        ConnectorException failure => failure,
        UnauthorizedAccessException when Directory.Exists(_file.Path) => new(
            FailureKind.Misconfigured, $"'{_file.Path}' is a folder: let 'path' name a file", e),
        UnauthorizedAccessException => new(FailureKind.Unauthorized, $"no permission to use the file '{_file.Path}' or to write in its folder", e),
        DirectoryNotFoundException => new(
            FailureKind.Misconfigured, $"the folder of the file '{_file.Path}' does not exist: make or mount it, or correct 'path'", e),
        IOException => new(FailureKind.Transient, $"the file '{_file.Path}' cannot be read or written: {e.Message.TrimEnd('.')}", e),
        _ => new(FailureKind.Misconfigured, $"the file '{_file.Path}' cannot be processed: {e.Message.TrimEnd('.')}", e),
    };
}
