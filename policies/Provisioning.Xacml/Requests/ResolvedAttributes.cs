namespace Provisioning.Xacml;

/// <summary>The attributes of a request by the slots of a program, so that a decision has nothing to look up.</summary>
/// <param name="program">The program.</param>
internal sealed class ResolvedAttributes(PolicyProgram program)
{
    // Which bags were made here; others may hold the rest.
    private bool[]? _owned;

    /// <summary>For whose slots it is made.</summary>
    public PolicyProgram Program => program;

    /// <summary>The values by the number of the slot; null for what has to be looked up elsewhere than in the request.</summary>
    public Bag?[] Bags { get; } = program.WhenAbsent.ToArray();

    /// <summary>What a table says about the slots of a program.</summary>
    public static ResolvedAttributes Of(PolicyProgram program, AttributeTable table)
    {
        var resolved = new ResolvedAttributes(program);
        foreach (var slot in program.Slots)
        {
            if (table.Find(slot) is { Count: > 0 } bag) resolved.Bags[slot.Index] = bag;
        }

        return resolved;
    }

    /// <summary>What the categories of a request say about the slots of a program.</summary>
    public static ResolvedAttributes Of(PolicyProgram program, RequestVocabulary vocabulary, IReadOnlyList<RequestCategory> categories)
    {
        var resolved = new ResolvedAttributes(program);
        foreach (var category in categories)
        {
            foreach (var attribute in category.Attributes)
            {
                if (attribute.Values.Count > 0 && (attribute.Asked ?? vocabulary.Asked(attribute.AttributeId)) is { } asked)
                    resolved.Add(category.Category, attribute.Issuer, attribute.Values, asked.Slots);
            }
        }

        return resolved;
    }

    /// <summary>Adds values of an attribute to those of the slots that they fit.</summary>
    public void Add(string category, string? issuer, Bag values, ReadOnlySpan<AttributeSlot> slots)
    {
        foreach (var slot in slots)
        {
            if (slot.Type == values.Type && slot.Category == category && (slot.Issuer is null || slot.Issuer == issuer)) Add(slot.Index, values);
        }
    }

    /// <summary>A table from which the program reads the same.</summary>
    public AttributeTable ToTable()
    {
        var table = new AttributeTable(Bags.Length);
        foreach (var slot in program.Slots)
        {
            if (Bags[slot.Index] is { Count: > 0 } bag) table.Add(AttributeTable.Hash(slot.Category), slot.Category, slot.AttributeId, slot.Issuer, bag);
        }

        return table;
    }

    private void Add(int index, Bag values)
    {
        ref var bag = ref Bags[index];
        if (bag is null or { Count: 0 })
        {
            bag = values;
            return;
        }

        _owned ??= new bool[Bags.Length];
        if (!_owned[index]) bag = bag.Copy();
        _owned[index] = true;
        bag.Append(values);
    }
}
