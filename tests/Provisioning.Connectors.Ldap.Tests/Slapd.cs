using System.Diagnostics;
using System.DirectoryServices.Protocols;
using System.Net;
using System.Net.Sockets;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>A real OpenLDAP server on ports and a folder of its own, for all tests of this assembly.</summary>
public sealed class Slapd : IAsyncLifetime
{
    public const string Admin = "cn=admin,dc=example,dc=com";
    public const string Service = "uid=svc,ou=services,dc=example,dc=com";
    public const string ServicePassword = "svc-secret-123";
    public const string People = "ou=people,dc=example,dc=com";
    public const string Groups = "ou=groups,dc=example,dc=com";
    public const string Nobody = "cn=nobody,dc=example,dc=com";

    /// <summary>May read the accounts, and change none.</summary>
    public const string Reader = "uid=reader,ou=services,dc=example,dc=com";

    /// <summary>May not even search for accounts.</summary>
    public const string Stranger = "uid=stranger,ou=services,dc=example,dc=com";

    /// <summary>A branch that the directory leaves to another server.</summary>
    public const string Elsewhere = "ou=elsewhere,dc=example,dc=com";

    private readonly string _folder = Directory.CreateTempSubdirectory("slapd-").FullName;
    private Process? _process;

    /// <summary>Why there is no server, or null.</summary>
    public string? Missing { get; private set; }

    public int Port { get; private set; }

    public int TlsPort { get; private set; }

    public string CaDirectory => Path.Combine(_folder, "ca");

    public string OtherCaDirectory => Path.Combine(_folder, "other-ca");

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            Missing = "slapd runs on Linux";
            return;
        }

        var (code, root, error) = await RunAsync("bash", Path.Combine(AppContext.BaseDirectory, "get-slapd.sh"));
        if (code != 0)
        {
            Missing = error;
            return;
        }

        Certificates.Write(_folder);
        for (var attempt = 0; attempt < 3 && _process is null; attempt++)
            await StartAsync(root == "/" ? "" : root);
        if (_process is null)
            throw new InvalidOperationException($"slapd does not start: {Missing}");
        Missing = null;
        Fill();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Skips the test, saying why, where there is no server.</summary>
    public void Require() => Assert.SkipWhen(Missing is not null, Missing ?? "");

    public LdapConnection Connect(string dn = Admin, string password = "admin")
    {
        var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", Port), new NetworkCredential(dn, password), AuthType.Basic);
        connection.SessionOptions.ProtocolVersion = 3;
        connection.Bind();
        return connection;
    }

    /// <summary>Settings for this server, as the service account, in clear text unless changed.</summary>
    public LdapSettings Settings(Action<LdapSettings>? change = null)
    {
        var settings = new LdapSettings
        {
            Host = "127.0.0.1",
            Port = Port,
            Security = LdapSecurity.None,
            BindDn = Service,
            BindPassword = new Secret(ServicePassword),
            PageSize = 20,
            Timeout = TimeSpan.FromSeconds(10),
            Users = { Base = People },
            Groups = { Base = Groups, PlaceholderMember = Nobody, MemberBatch = 5 },
        };
        change?.Invoke(settings);
        return settings;
    }

    public LdapConnector Open(Action<LdapSettings>? change = null, TimeProvider? time = null)
    {
        Require();
        return (LdapConnector)((IConnectorFactory)new LdapConnectorFactory()).Create(
            Settings(change), new ConnectorContext("directory", _folder, time ?? TimeProvider.System));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim(), (await error).Trim());
    }

    private async Task StartAsync(string root)
    {
        (Port, TlsPort) = (FreePort(), FreePort());
        Directory.CreateDirectory(Path.Combine(_folder, "db"));
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "slapd.conf.template"));
        var configuration = Path.Combine(_folder, "slapd.conf");
        await File.WriteAllTextAsync(configuration, template.Replace("{root}", root, StringComparison.Ordinal).Replace("{folder}", _folder, StringComparison.Ordinal));

        // Never as root: the server gives up its rights, and its folder is its own.
        string[] unprivileged = [];
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "nobody", _folder);
            unprivileged = ["-u", "nobody"];
        }

        var start = new ProcessStartInfo(
            $"{root}/usr/sbin/slapd",
            ["-d", "0", "-f", configuration, "-h", $"ldap://127.0.0.1:{Port}/ ldaps://127.0.0.1:{TlsPort}/", .. unprivileged])
        {
            RedirectStandardError = true,
        };
        start.Environment["LD_LIBRARY_PATH"] = $"{root}/usr/lib/x86_64-linux-gnu:{root}/usr/lib/aarch64-linux-gnu";
        var process = Process.Start(start)!;
        while (!process.HasExited)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, TlsPort);
                _process = process;
                _ = process.StandardError.ReadToEndAsync();
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }

        Missing = await process.StandardError.ReadToEndAsync();
        process.Dispose();
    }

    private void Fill()
    {
        using var admin = Connect();
        Add(admin, "dc=example,dc=com", ("objectClass", "dcObject"), ("objectClass", "organization"), ("o", "Example"));
        foreach (var unit in (string[])["people", "groups", "services", "policies"])
            Add(admin, $"ou={unit},dc=example,dc=com", ("objectClass", "organizationalUnit"));
        Add(admin, $"ou=staff,{People}", ("objectClass", "organizationalUnit"));
        Add(admin, $"ou=leavers,{People}", ("objectClass", "organizationalUnit"));
        foreach (var account in (string[])[Service, Reader, Stranger])
            Add(admin, account, ("objectClass", "account"), ("objectClass", "simpleSecurityObject"), ("userPassword", ServicePassword));
        Add(admin, Elsewhere, ("objectClass", "referral"), ("objectClass", "extensibleObject"), ("ref", "ldap://127.0.0.1:9/ou=elsewhere,dc=example,dc=com"));
        Add(
            admin, "cn=default,ou=policies,dc=example,dc=com", ("objectClass", "device"), ("objectClass", "pwdPolicy"),
            ("pwdAttribute", "userPassword"), ("pwdMinLength", "10"), ("pwdCheckQuality", "2"), ("pwdLockout", "TRUE"), ("pwdMaxFailure", "3"));
    }

    private static void Add(LdapConnection connection, string dn, params (string Name, string Value)[] attributes)
    {
        var entry = attributes.GroupBy(a => a.Name).Select(group => new DirectoryAttribute(group.Key, [.. group.Select(a => a.Value)]));
        connection.SendRequest(new AddRequest(dn, [.. entry]));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
