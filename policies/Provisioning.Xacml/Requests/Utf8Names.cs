using System.Buffers.Binary;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>Strings by their UTF-8 bytes, so that names are recognised without making strings of them. Immutable.</summary>
/// <typeparam name="T">What is known under a name.</typeparam>
internal sealed class Utf8Names<T>
    where T : class
{
    private readonly Entry[] _entries;
    private readonly int[] _buckets;

    public Utf8Names(IEnumerable<KeyValuePair<string, T>> names)
    {
        _entries = [.. names.Select(pair => new Entry { Name = Encoding.UTF8.GetBytes(pair.Key), Value = pair.Value })];
        var size = 4;
        while (size < _entries.Length * 2) size *= 2;
        _buckets = new int[size];
        for (var i = 0; i < _entries.Length; i++)
        {
            ref var bucket = ref _buckets[Hash(_entries[i].Name) & (size - 1)];
            _entries[i].Next = bucket;
            bucket = i + 1;
        }
    }

    public T? Find(ReadOnlySpan<byte> name) => Find(name, out _);

    /// <summary>Finds what is known under a name, and the name itself as the table has it.</summary>
    public T? Find(ReadOnlySpan<byte> name, out byte[]? known)
    {
        for (var next = _buckets[Hash(name) & (_buckets.Length - 1)]; next > 0; next = _entries[next - 1].Next)
        {
            ref var entry = ref _entries[next - 1];
            if (!name.SequenceEqual(entry.Name)) continue;
            known = entry.Name;
            return entry.Value;
        }

        known = null;
        return null;
    }

    // Identifiers differ at their ends, and the table holds only names that policies chose: nobody outside can make them collide.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var end = name.Length >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]) : Short(name);
        var hash = (end + (ulong)name.Length) * 0x9E37_79B9_7F4A_7C15;
        return (int)(hash >> 33);
    }

    private static ulong Short(ReadOnlySpan<byte> name)
    {
        var value = 0UL;
        foreach (var one in name) value = (value << 8) | one;
        return value;
    }

    private struct Entry
    {
        public byte[] Name;
        public int Next;
        public T Value;
    }
}
