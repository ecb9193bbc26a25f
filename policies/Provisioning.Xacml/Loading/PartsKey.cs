using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>Something made of parts, by what it is and the parts that it has; both count as themselves, not as what they say.</summary>
internal readonly struct PartsKey(object kind, object[] parts) : IEquatable<PartsKey>
{
    private readonly object _kind = kind;
    private readonly object[] _parts = parts;

    public bool Equals(PartsKey other)
    {
        if (_kind != other._kind || _parts.Length != other._parts.Length) return false;
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i] != other._parts[i]) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is PartsKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = RuntimeHelpers.GetHashCode(_kind);
        foreach (var part in _parts) hash = HashCode.Combine(hash, RuntimeHelpers.GetHashCode(part));
        return hash;
    }
}
