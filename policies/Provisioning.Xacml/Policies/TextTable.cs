using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Provisioning.Xacml;

/// <summary>What is known under texts, in one array: few and near memory accesses for each look-up. Immutable.</summary>
/// <typeparam name="TValue">What is known.</typeparam>
internal sealed class TextTable<TValue>
    where TValue : class
{
    private readonly Entry[] _entries;

    public TextTable(IReadOnlyCollection<KeyValuePair<string, TValue>> pairs)
    {
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)Math.Max(pairs.Count, 1))];
        var count = 0;
        foreach (var (text, value) in pairs)
        {
            var hash = Hash(text);
            ref var first = ref _entries[hash & (_entries.Length - 1)].First;
            ref var entry = ref _entries[count++];
            (entry.Text, entry.Value, entry.Hash, entry.Next) = (text, value, hash, first);
            first = count;
        }
    }

    /// <summary>What is known under a text; null if nothing is.</summary>
    public TValue? Find(string text)
    {
        var entries = _entries;
        var hash = Hash(text);
        for (var next = entries[hash & (entries.Length - 1)].First; next > 0;)
        {
            ref var entry = ref entries[next - 1];
            if (entry.Hash == hash && entry.Text == text) return entry.Value;
            next = entry.Next;
        }

        return null;
    }

    // Fast rather than safe from collisions: the table holds only what policies say, so that nobody else can make it slow.
    private static int Hash(string text)
    {
        const ulong Factor = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)text.Length;
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        if (bytes.Length < sizeof(ulong))
        {
            foreach (var c in text) hash = (hash << 16) ^ c;
            return (int)(hash * Factor >> 33);
        }

        for (var at = 0; at < bytes.Length - sizeof(ulong); at += sizeof(ulong)) hash = (BitOperations.RotateLeft(hash, 23) ^ Read(bytes, at)) * Factor;
        hash = (BitOperations.RotateLeft(hash, 23) ^ Read(bytes, bytes.Length - sizeof(ulong))) * Factor;
        return (int)(hash >> 33);
    }

    private static ulong Read(ReadOnlySpan<byte> bytes, int at) => Unsafe.ReadUnaligned<ulong>(in bytes[at]);

    private struct Entry
    {
        public string Text;
        public TValue Value;
        public int Hash;
        public int Next;

        // The first entry whose hash leads to this place, which may be another than the one that is here.
        public int First;
    }
}
