using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>
/// Changes of a large file that are durable but not in the file yet: one line for each group of changes, in a hidden file beside it.
/// While a writer has it open, no other process reads or writes either file. It stays when it is empty: removing it could
/// leave two processes with a lock each.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _stream;

    private long? _unfinished;

    private Journal(FileStream stream) => _stream = stream;

    public long Length => _stream.Length;

    /// <summary>Where the last whole line ends, as far as the journal was read; a reader leaves what comes after it.</summary>
    public long WholeLength => _unfinished ?? Length;

    public bool CanWrite => _stream.CanWrite;

    /// <summary>Where the journal of a file is.</summary>
    public static string PathFor(string file) => Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.journal");

    /// <summary>Opens and locks the journal; null when there is none and it is not to be created.</summary>
    public static Journal? Open(string path, bool write, bool create)
    {
        if (!create && !File.Exists(path))
            return null;
        var options = new FileStreamOptions
        {
            Mode = create ? FileMode.OpenOrCreate : FileMode.Open,
            Access = write ? FileAccess.ReadWrite : FileAccess.Read,
            Share = write ? FileShare.None : FileShare.Read,
            BufferSize = 0,
        };
        if (create && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new Journal(new FileStream(path, options));
    }

    /// <summary>Whether opening failed because another process has the journal open.</summary>
    public static bool IsBusy(IOException failure) =>
        failure.HResult == SharingViolation || (!OperatingSystem.IsWindows() && failure.HResult == (OperatingSystem.IsMacOS() ? 35 : 11));

    /// <summary>All changes, oldest first. A last line that was never finished was never acknowledged, and is left out.</summary>
    public IReadOnlyList<RowChange> Read()
    {
        var bytes = new byte[_stream.Length];
        _stream.Position = 0;
        _stream.ReadExactly(bytes);
        var changes = new List<RowChange>();
        var number = 1;
        for (var start = 0; start < bytes.Length; number++)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            var last = end < 0 || end == bytes.Length - 1;
            if (end < 0 || Parse(bytes.AsSpan(start, end - start)) is not { } group)
            {
                if (last)
                    return Unfinished(start, changes);
                throw new ConnectorException(
                    FailureKind.Misconfigured,
                    $"the journal '{_stream.Name}' is damaged on line {number}: restore it, or remove it to give up the changes in it");
            }

            changes.AddRange(group);
            start = end + 1;
        }

        return changes;
    }

    /// <summary>Adds a group of changes as one line, and returns when it is on disk.</summary>
    public void Append(IEnumerable<RowChange> changes)
    {
        var before = _stream.Length;
        try
        {
            var line = new JsonArray([.. changes.Select(change => change.ToJson())]).ToJsonString() + "\n";
            _stream.Position = before;
            _stream.Write(Encoding.UTF8.GetBytes(line));
            _stream.Flush(flushToDisk: true);
        }
        catch
        {
            // The callers hear of a failure, so the line must not come into force later.
            Cut(before);
            throw;
        }
    }

    /// <summary>Forgets all changes, durably: an old one that came back would undo a newer one.</summary>
    public void Clear()
    {
        if (_stream.Length == 0)
            return;
        _stream.SetLength(0);
        _stream.Flush(flushToDisk: true);
    }

    public void Dispose() => _stream.Dispose();

    // A writer takes the unfinished line off, so that the next one does not continue it.
    private List<RowChange> Unfinished(long start, List<RowChange> changes)
    {
        if (CanWrite)
            _stream.SetLength(start);
        else
            _unfinished = start;
        return changes;
    }

    private void Cut(long length)
    {
        try
        {
            _stream.SetLength(length);
        }
        catch (IOException)
        {
            // What is left is read again before the next write; the failure that led here matters more.
        }
    }

    private static List<RowChange>? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonArray group)
                return null;
            var changes = group.Select(RowChange.From).OfType<RowChange>().ToList();
            return changes.Count == group.Count ? changes : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
