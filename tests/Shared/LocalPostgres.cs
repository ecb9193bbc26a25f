using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Provisioning.Testing;

/// <summary>
/// A PostgreSQL server of our own, from the binaries that the system has: in a temporary folder, on a free port, as a user that is
/// not root. One for all tests of an assembly; each test takes a database of its own.
/// </summary>
public sealed class LocalPostgres : IDisposable
{
    public const string Missing = "PostgreSQL is not installed here (Debian: apt install postgresql); not tested";

    private static readonly Lazy<LocalPostgres> One = new(() => new LocalPostgres());
    private static readonly string? Binaries = FindBinaries();

    // Each database is a thousand files: a memory folder makes and forgets them in half the time.
    private const string Memory = "/dev/shm";
    private const long Enough = 4L << 30;

    private readonly string _folder;
    private readonly bool _durable;

    /// <param name="durable">False for speed: what is committed survives a kill of the server, but not of the machine.</param>
    public LocalPostgres(bool durable = false)
    {
        _durable = durable;
        _folder = !durable && Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough
            ? Directory.CreateDirectory(Path.Combine(Memory, $"postgres-{Guid.NewGuid():n}")).FullName
            : Directory.CreateTempSubdirectory("postgres-").FullName;
        if (Environment.UserName == "root")
            Run("chown", "nobody", _folder);
        Server("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>The server that the tests of this process share.</summary>
    public static LocalPostgres Shared => One.Value;

    /// <summary>Stops the shared server if there is one.</summary>
    public static void StopShared()
    {
        if (One.IsValueCreated)
            One.Value.Dispose();
    }

    public static bool IsInstalled => Binaries is not null;

    public int Port { get; } = FreePort();

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes a database and returns its connection string.</summary>
    /// <param name="like">The connection string of one that it is a copy of; nobody may be connected to that. Empty without.</param>
    public string NewDatabase(string? like = null)
    {
        var template = like is null ? "template0" : new NpgsqlConnectionStringBuilder(like).Database;
        var name = $"t{Guid.NewGuid():n}";
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        command.ExecuteNonQuery();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    public void Start()
    {
        var safety = _durable ? "-c fsync=on" : "-c fsync=off -c full_page_writes=off";
        Server("pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(_folder, "log"),
            "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 {safety}", "start");
    }

    /// <summary>Ends all connections at once, as a crash does.</summary>
    public void Stop() => Server("pg_ctl", "-D", Data, "-m", "immediate", "-w", "-s", "stop");

    public void Dispose()
    {
        if (!Directory.Exists(Data))
            return;
        try
        {
            if (File.Exists(Path.Combine(Data, "postmaster.pid")))
                Stop();
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // A left-over temporary folder is no reason to fail.
        }
    }

    // The server refuses to run as root.
    private static void Server(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries ?? throw new InvalidOperationException(Missing), program);
        if (Environment.UserName == "root")
            Run("runuser", ["-u", "nobody", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Nothing is redirected: the server would inherit the pipe and keep it open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static string? FindBinaries()
    {
        var candidates = new List<string>();
        if (Environment.GetEnvironmentVariable("POSTGRES_BIN") is { } named)
            candidates.Add(named);
        if (Directory.Exists("/usr/lib/postgresql"))
            candidates.AddRange(Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(x => Path.Combine(x, "bin")));
        candidates.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        return OperatingSystem.IsWindows() ? null : candidates.FirstOrDefault(x => File.Exists(Path.Combine(x, "initdb")) && File.Exists(Path.Combine(x, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
