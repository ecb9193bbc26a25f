namespace Provisioning.Xacml;

/// <summary>The attributes of a request by the slots of a program, so that a decision has nothing to look up.</summary>
/// <param name="program">The program.</param>
internal sealed class ResolvedAttributes(PolicyProgram program)
{
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
}
