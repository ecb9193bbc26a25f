using System.Numerics;
using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>The attributes of a request by category, id, data type and issuer: a hash table whose hashes policies know beforehand.</summary>
/// <param name="capacity">How many attributes there will be, as far as one knows.</param>
internal sealed class AttributeTable(int capacity = 16)
{
    private Entry[] _entries = new Entry[Math.Max(capacity, 1)];
    private int[] _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 1) * 2)];
    private int _count;

    /// <summary>The attributes of categories.</summary>
    public static AttributeTable Of(IReadOnlyList<RequestCategory> categories)
    {
        var count = 0;
        foreach (var category in categories) count += category.Attributes.Count;
        var table = new AttributeTable(count);
        foreach (var category in categories)
        {
            var hash = Hash(category.Category);
            foreach (var attribute in category.Attributes)
            {
                table.Add(hash, category.Category, attribute.AttributeId, null, attribute.Values);
                if (attribute.Issuer is not null) table.Add(hash, category.Category, attribute.AttributeId, attribute.Issuer, attribute.Values);
            }
        }

        return table;
    }

    public static int Hash(string category, string attributeId, DataType type, string? issuer) =>
        Hash(Hash(category), attributeId, type, issuer);

    /// <summary>The part of the hash that comes from the category, for those who add many attributes to it.</summary>
    public static int Hash(string category) => category.GetHashCode(StringComparison.Ordinal);

    /// <summary>The values of an attribute; null if there are none.</summary>
    public Bag? Find(AttributeSlot slot) => Find(slot.Hash, slot.Category, slot.AttributeId, slot.Type, slot.Issuer);

    public Bag? Find(string category, string attributeId, DataType type, string? issuer) =>
        Find(Hash(category, attributeId, type, issuer), category, attributeId, type, issuer);

    /// <summary>The bag to add the values of an attribute to.</summary>
    public Bag GetOrAdd(string category, string attributeId, DataType type, string? issuer)
    {
        var hash = Hash(category, attributeId, type, issuer);
        if (Find(hash, category, attributeId, type, issuer) is { } known) return known;
        var bag = type.NewBag();
        Add(new() { Hash = hash, Category = category, AttributeId = attributeId, Type = type, Issuer = issuer, Bag = bag });
        return bag;
    }

    /// <summary>Adds values to an attribute. The bag itself stays as it is: others may hold it.</summary>
    public void Add(int categoryHash, string category, string attributeId, string? issuer, Bag values)
    {
        var hash = Hash(categoryHash, attributeId, values.Type, issuer);
        ref var entry = ref FindEntry(hash, category, attributeId, values.Type, issuer);
        if (Unsafe.IsNullRef(ref entry))
        {
            Add(new() { Hash = hash, Category = category, AttributeId = attributeId, Type = values.Type, Issuer = issuer, Bag = values, IsShared = true });
            return;
        }

        if (entry.IsShared) entry.Bag = entry.Bag.Copy();
        entry.IsShared = false;
        entry.Bag.Append(values);
    }

    /// <summary>A copy that does not change with this one.</summary>
    public AttributeTable Copy()
    {
        var copy = new AttributeTable { _entries = (Entry[])_entries.Clone(), _buckets = (int[])_buckets.Clone(), _count = _count };
        for (var i = 0; i < _count; i++) copy._entries[i].Bag = _entries[i].Bag.Copy();
        return copy;
    }

    /// <summary>A copy with the attributes of a category taken from another table.</summary>
    public AttributeTable With(string category, AttributeTable other)
    {
        var copy = new AttributeTable(_count + other._count);
        for (var i = 0; i < _count; i++)
        {
            if (_entries[i].Category != category) copy.Add(_entries[i] with { IsShared = true });
        }

        for (var i = 0; i < other._count; i++)
        {
            if (other._entries[i].Category == category) copy.Add(other._entries[i] with { IsShared = true });
        }

        return copy;
    }

    private static int Hash(int categoryHash, string attributeId, DataType type, string? issuer) =>
        HashCode.Combine(categoryHash, attributeId.GetHashCode(StringComparison.Ordinal), type, issuer);

    private Bag? Find(int hash, string category, string attributeId, DataType type, string? issuer)
    {
        ref var entry = ref FindEntry(hash, category, attributeId, type, issuer);
        return Unsafe.IsNullRef(ref entry) ? null : entry.Bag;
    }

    private ref Entry FindEntry(int hash, string category, string attributeId, DataType type, string? issuer)
    {
        var buckets = _buckets;
        for (var next = buckets[hash & (buckets.Length - 1)]; next > 0;)
        {
            ref var entry = ref _entries[next - 1];
            if (entry.Hash == hash && entry.Type == type && entry.AttributeId == attributeId && entry.Category == category && entry.Issuer == issuer)
                return ref entry;
            next = entry.Next;
        }

        return ref Unsafe.NullRef<Entry>();
    }

    private void Add(Entry entry)
    {
        if (_count == _entries.Length) Grow();
        ref var bucket = ref _buckets[entry.Hash & (_buckets.Length - 1)];
        entry.Next = bucket;
        _entries[_count] = entry;
        bucket = ++_count;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _count * 2);
        _buckets = new int[_buckets.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            ref var bucket = ref _buckets[_entries[i].Hash & (_buckets.Length - 1)];
            _entries[i].Next = bucket;
            bucket = i + 1;
        }
    }

    private struct Entry
    {
        public int Hash;
        public int Next;
        public string Category;
        public string AttributeId;
        public DataType Type;
        public string? Issuer;
        public Bag Bag;
        public bool IsShared;
    }
}
