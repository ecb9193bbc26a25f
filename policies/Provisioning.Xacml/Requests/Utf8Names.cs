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

    public T? Find(ReadOnlySpan<byte> name)
    {
        for (var next = _buckets[Hash(name) & (_buckets.Length - 1)]; next > 0; next = _entries[next - 1].Next)
        {
            if (name.SequenceEqual(_entries[next - 1].Name)) return _entries[next - 1].Value;
        }

        return null;
    }

    // Identifiers differ at their ends, and the table holds only names that policies chose: nobody outside can make them collide.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        foreach (var one in name.Length > 12 ? name[^12..] : name) hash = (hash * 31) + one;
        return (int)(hash ^ (hash >> 15));
    }

    private struct Entry
    {
        public byte[] Name;
        public int Next;
        public T Value;
    }
}
