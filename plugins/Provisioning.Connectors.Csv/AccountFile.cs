using System.Text;

namespace Provisioning.Connectors.Csv;

/// <summary>The file on disk: read whole, replaced whole.</summary>
/// <typeparam name="TTable">What it is in memory.</typeparam>
internal abstract class AccountFile<TTable>(string path)
    where TTable : class
{
    // Invalid bytes must fail: replaced by question marks they would be lost at the next rewrite.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private TTable? _table;
    private (bool Exists, long Length, long Ticks) _stamp;

    public string Path => path;

    /// <summary>How often the file was replaced.</summary>
    public int Rewrites { get; private set; }

    /// <summary>Runs after the temporary file is complete and before it takes the place of the old one.</summary>
    public Action? BeforeReplace { get; set; }

    /// <summary>The table as the file has it now; read again only if the file changed underneath.</summary>
    public TTable Current()
    {
        var stamp = Stamp();
        if (_table is null || stamp != _stamp)
        {
            _table = null;
            _table = Load(ReadText());
            _stamp = stamp;
        }

        return _table;
    }

    /// <summary>Forgets changes in memory, so that the file counts again.</summary>
    public void Revert() => _table = null;

    /// <summary>Replaces the file by the table, atomically.</summary>
    public void Save()
    {
        var table = _table ?? throw new InvalidOperationException("nothing is loaded");

        // A rename onto a symbolic link would replace the link and leave the file it points to as it was.
        var target = Target();
        var folder = System.IO.Path.GetDirectoryName(target)!;
        var temporary = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                using var writer = new StreamWriter(stream, Utf8, bufferSize: 64 * 1024, leaveOpen: true);
                Write(writer, table);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            BeforeReplace?.Invoke();
            if (Stamp() != _stamp)
                throw new IOException("the file was changed by somebody else at the same moment");
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }

        Rewrites++;
        _stamp = Stamp();
    }

    /// <summary>Understands the text of the file, or throws.</summary>
    protected abstract TTable Load(string text);

    /// <summary>Writes the table as the text of the file.</summary>
    protected abstract void Write(TextWriter writer, TTable table);

    private string ReadText()
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Utf8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
        catch (DecoderFallbackException e)
        {
            throw new ConnectorException(FailureKind.Rejected, $"the file '{path}' is not UTF-8", e);
        }
    }

    private (bool Exists, long Length, long Ticks) Stamp()
    {
        var info = new FileInfo(Target());
        return info.Exists ? (true, info.Length, info.LastWriteTimeUtc.Ticks) : default;
    }

    private string Target() =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is a hidden file that nobody reads; the failure that led here matters more.
        }
    }
}
