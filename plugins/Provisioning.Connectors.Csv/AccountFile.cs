namespace Provisioning.Connectors.Csv;

/// <summary>
/// The file on disk. A change is durable once it is in the file, or in the journal beside it while the file is too large to be
/// written for every change. Readers always find a whole file, because a new one takes the place of the old one by a rename.
/// </summary>
/// <typeparam name="TRow">One account.</typeparam>
/// <typeparam name="TTable">What the file is in memory.</typeparam>
internal abstract class AccountFile<TRow, TTable>(string path, RewritePace pace)
    where TRow : class, IAccountRow<TRow>
    where TTable : AccountTable<TRow>
{
    private TTable? _table;
    private Seen _seen;
    private bool _isTorn;
    private TextForm _form = TextForm.New;

    public string Path => path;

    /// <summary>Whether the folder of the file is the host's own, and made with the first account.</summary>
    public bool MakesFolder { get; init; }

    public TimeProvider Time => pace.Time;

    /// <summary>How long the file is still left alone.</summary>
    public TimeSpan Wait => pace.WaitFor(_seen.File.Length);

    /// <summary>Whether the table in memory is what the disk has.</summary>
    public bool IsCurrent => _table is not null && Look() == _seen;

    /// <summary>Whether the journal had changes or an unfinished line, by anybody, when it was last looked at.</summary>
    public bool IsBehind => _seen.Journal > 0 || _isTorn;

    /// <summary>Whether changes that went through this object are in the journal and not in the file.</summary>
    public bool Owes { get; private set; }

    /// <summary>How often the file was replaced.</summary>
    public int Rewrites { get; private set; }

    /// <summary>Runs after the temporary file is complete and before it takes the place of the old one.</summary>
    public Action? BeforeReplace { get; set; }

    /// <summary>Runs after each look at the disk, when others may change it again.</summary>
    public Action? AfterLook { get; set; }

    /// <summary>Looks whether there is a journal that somebody left, and nothing else.</summary>
    public bool HasJournal()
    {
        try
        {
            return Look().Journal > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first operation fails for the same reason, and there is somebody to hear of it.
            return false;
        }
    }

    /// <summary>Opens the journal, and with it locks the file; null when there is none and none is needed.</summary>
    public Journal? OpenJournal(bool write)
    {
        var target = Target();
        return Journal.Open(Journal.PathFor(target), write, create: write && RewritePace.IsLarge(Stamp(new FileInfo(target)).Length));
    }

    /// <summary>
    /// The table as the disk has it now; read again only if the disk changed underneath. Null when there are changes in a journal
    /// that the caller did not open, because it was empty or not there a moment ago.
    /// </summary>
    public TTable? Current(Journal? journal)
    {
        var now = Look();
        if (_table is not null && now == _seen)
            return _table;
        _table = null;
        if (journal is null && now.Journal > 0)
            return null;
        // Of a share that is not mounted nobody knows which accounts it has: a file that is not there yet would be an empty one.
        if (!MakesFolder && !Directory.Exists(System.IO.Path.GetDirectoryName(path)))
            throw new DirectoryNotFoundException();
        if (journal is { CanWrite: true })
            Replacement.RemoveLeft(Target());
        var started = pace.Start();
        (var text, _form) = TextForm.Read(path);
        var table = Load(text);
        foreach (var change in journal?.Read() ?? [])
            table.Load(change);
        pace.End(started);

        // A reader must leave an unfinished line where it is. It is not part of what was seen, so the next writer finds that the
        // journal is longer, reads it again and takes the line off.
        _seen = journal is null ? now : now with { Journal = journal.WholeLength };
        _isTorn = journal is not null && journal.WholeLength < journal.Length;
        Owes &= IsBehind;
        return _table = table;
    }

    /// <summary>Forgets changes in memory, so that the disk counts again.</summary>
    public void Revert() => _table = null;

    /// <summary>Makes the changes of the table durable: in the file if it may be written now, otherwise in the journal.</summary>
    /// <param name="journal">The open journal; without one, the file is always written.</param>
    /// <param name="last">Whether the file is written even if it was written a moment ago.</param>
    public void Store(Journal? journal, bool last)
    {
        var table = _table ?? throw new InvalidOperationException("nothing is loaded");
        if (journal is not null && !last && Wait > TimeSpan.Zero)
        {
            if (!table.IsChanged)
                return;
            journal.Append(table.TakeChanges().Select(Change));
            _seen = _seen with { Journal = journal.Length };
            Owes = true;
            return;
        }

        var started = pace.Start();
        try
        {
            Replace(table);
            journal?.Clear();
        }
        finally
        {
            pace.End(started);
        }

        table.TakeChanges();
        Owes = false;
        Rewrites++;
    }

    /// <summary>Understands the text of the file, or throws.</summary>
    protected abstract TTable Load(string text);

    /// <summary>Writes the table as the text of the file.</summary>
    /// <param name="newLine">The line break of the file; null when it is new.</param>
    protected abstract void Write(TextWriter writer, TTable table, string? newLine);

    private static RowChange Change((TRow? Before, TRow? After) change) => change switch
    {
        (var before, { } after) => new RowChange(after.Id, after.Since(before), before is null),
        ({ } before, null) => new RowChange(before.Id, null, Created: false),
        _ => throw new InvalidOperationException("a change of nothing"),
    };

    private void Replace(TTable table)
    {
        // A rename onto a symbolic link would replace the link and leave the file it points to as it was.
        var target = Target();
        var replacement = new Replacement(target);
        try
        {
            replacement.Write(_form.Encoding, writer => Write(writer, table, _form.NewLine));
            var written = Stamp(new FileInfo(replacement.Path));
            BeforeReplace?.Invoke();
            if (Stamp(new FileInfo(target)) != _seen.File)
                throw new IOException("the file was changed by somebody else at the same moment");
            replacement.Commit();
            _seen = new Seen(written, 0);
        }
        catch
        {
            replacement.Discard();
            throw;
        }
    }

    private Seen Look()
    {
        var target = Target();
        var journal = new FileInfo(Journal.PathFor(target));
        var seen = new Seen(Stamp(new FileInfo(target)), journal.Exists ? journal.Length : 0);
        AfterLook?.Invoke();
        return seen;
    }

    private static (bool Exists, long Length, long Ticks) Stamp(FileInfo file) => file.Exists ? (true, file.Length, file.LastWriteTimeUtc.Ticks) : default;

    private string Target() =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    private readonly record struct Seen((bool Exists, long Length, long Ticks) File, long Journal);
}
