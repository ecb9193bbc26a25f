namespace Provisioning.Xacml;

/// <summary>The identifier of attributes whose values matter, and where they go.</summary>
/// <param name="id">The identifier.</param>
/// <param name="slots">The slots of all attributes with that identifier.</param>
internal sealed class AskedAttribute(string id, AttributeSlot[] slots)
{
    public string Id => id;

    public ReadOnlySpan<AttributeSlot> Slots => slots;
}
