using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Provisioning.Host.Cli;

/// <summary>
/// How many rows from the start of a file are done, kept in the data folder, so that an interrupted import goes on where it was. It
/// belongs to one state of the file: a file that was edited is imported from its start, which is harmless.
/// </summary>
internal sealed class ImportProgress
{
    private const int RowsBetweenSaves = 200;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly HashSet<int> _beyond = [];
    private int _saved;

    private ImportProgress(string path, int done) => (_path, Done, _saved) = (path, done, done);

    /// <summary>All rows before this one are done.</summary>
    public int Done { get; private set; }

    public static ImportProgress Load(string data, string file, string serviceProvider)
    {
        var info = new FileInfo(file);
        var identity = $"{info.FullName}\n{info.Length}\n{info.LastWriteTimeUtc:O}\n{serviceProvider}";
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
        var path = Path.Combine(data, "imports", name);
        var done = File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var rows) ? rows : 0;
        return new ImportProgress(path, done);
    }

    /// <summary>Rows end in any order; only an unbroken run from the start counts.</summary>
    public void Complete(int row)
    {
        lock (_lock)
        {
            _beyond.Add(row);
            while (_beyond.Remove(Done))
                Done++;
            if (Done - _saved >= RowsBetweenSaves)
                SaveLocked();
        }
    }

    public void Save()
    {
        lock (_lock)
            SaveLocked();
    }

    public void Forget()
    {
        // A short import is over before it saved anything, folder and all.
        if (File.Exists(_path))
            File.Delete(_path);
    }

    private void SaveLocked()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, Done.ToString(CultureInfo.InvariantCulture));
        _saved = Done;
    }
}
