using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Host.Inbound;
using Provisioning.Scim;

namespace Provisioning.Host.Imports;

/// <summary>The user names of a file with their lines: 16 bytes of a hash of each, so that a million of them fit.</summary>
internal sealed class NamesInFile
{
    private readonly Dictionary<UInt128, int> _lines = [];

    /// <returns>The line that has the same name already; null if none has, or if the host is going to refuse the user.</returns>
    public int? Add(JsonObject user, int line)
    {
        try
        {
            var name = Of(ScimUser.Read(user, [])["userName"]!.ToString());
            return _lines.TryAdd(name, line) ? null : _lines[name];
        }
        catch (ScimException)
        {
            return null;
        }
    }

    /// <summary>Of two rows about one user nobody knows which one is meant: the first is taken, and of the other one this is said.</summary>
    public static string Again(int first) => string.Create(CultureInfo.InvariantCulture, $"the user is in line {first} already");

    public bool Has(string name) => _lines.ContainsKey(Of(name));

    private static UInt128 Of(string name) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText.KeyOf(name))));
}
