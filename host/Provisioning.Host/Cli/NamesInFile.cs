using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Cli;

/// <summary>The user names of a file: 16 bytes of a hash of each, so that a million of them fit.</summary>
internal sealed class NamesInFile
{
    private readonly HashSet<UInt128> _names = [];

    public void Add(JsonObject user)
    {
        if (ScimAttributes.Text(ScimAttributes.Find(user, "userName")) is { } name)
            _names.Add(Of(name));
    }

    public bool Has(string name) => _names.Contains(Of(name));

    private static UInt128 Of(string name) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText.KeyOf(name.Trim()))));
}
