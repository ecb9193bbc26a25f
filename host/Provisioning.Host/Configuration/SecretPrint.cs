using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>Hashes of secrets, to see that one changed. The secrets themselves are kept nowhere.</summary>
internal sealed class SecretPrint(SecretResolver secrets)
{
    /// <summary>Changes with every secret that a configuration names.</summary>
    public string Of(ProvisioningConfiguration configuration)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var credential in configuration.ServiceProviders.SelectMany(x => x.Credentials))
            Add(hash, credential.BearerToken);
        foreach (var provider in configuration.IdentityProviders)
            Add(hash, provider.Settings);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Changes with every secret that the settings of one connector name.</summary>
    public string Of(IdentityProvider provider)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, provider.Settings);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Add(IncrementalHash hash, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (_, value) in item)
                    Add(hash, value);
                break;
            case JsonArray list:
                foreach (var value in list)
                    Add(hash, value);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && SecretReference.TryParse(text, out _, out _):
                Add(hash, text);
                break;
        }
    }

    private void Add(IncrementalHash hash, string reference) =>
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes($"{reference}\0{secrets.Peek(reference)}")));
}
