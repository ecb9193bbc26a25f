namespace Provisioning.Xacml;

/// <summary>Looks an attribute up: in the request, then in the clock, then at the attribute providers.</summary>
internal static class AttributeLookup
{
    public const string ClockPrefix = "urn:oasis:names:tc:xacml:1.0:environment:current-";

    public static Result<Bag> Find(EvaluationContext context, AttributeSlot slot)
    {
        if (context.Request.Attributes.Find(slot) is { Count: > 0 } bag) return bag;
        if (slot.MayComeFromClock && Clock(context, slot) is { } current) return current;
        foreach (var provider in context.Program.AttributeProviders)
        {
            var answer = Ask(provider, context, slot);
            if (answer.Failure is not null || answer.Value.Count > 0) return answer;
        }

        return slot.Type.Empty;
    }

    /// <summary>What an attribute of the environment takes from the clock; null if it takes nothing.</summary>
    public static ClockPart? PartOf(string attributeId) =>
        !attributeId.StartsWith(ClockPrefix, StringComparison.Ordinal) ? null : attributeId.AsSpan(ClockPrefix.Length) switch
        {
            "time" => ClockPart.Time,
            "date" => ClockPart.Date,
            "dateTime" => ClockPart.DateTime,
            _ => null,
        };

    private static Bag<Temporal>? Clock(EvaluationContext context, AttributeSlot slot) => slot.Clock switch
    {
        ClockPart.Time when slot.Type == DataType.Time => DataType.Time.BagOf(Temporal.TimeOf(context.Clock.Now)),
        ClockPart.Date when slot.Type == DataType.Date => DataType.Date.BagOf(Temporal.DateOf(context.Clock.Now)),
        ClockPart.DateTime when slot.Type == DataType.DateTime => DataType.DateTime.BagOf(Temporal.DateTimeOf(context.Clock.Now)),
        _ => null,
    };

    private static Result<Bag> Ask(IAttributeProvider provider, EvaluationContext context, AttributeSlot slot)
    {
        try
        {
            var bag = provider.Find(new AttributeQuery(slot.Category, slot.AttributeId, slot.Type, slot.Issuer, context.Request));
            if (bag is null) return slot.Type.Empty;
            return bag.Type == slot.Type
                ? bag
                : Failed($"the attribute provider answered {slot.AttributeId} as {bag.Type.Name}, not as {slot.Type.Name}");
        }
        catch (Exception error)
        {
            // Foreign code: whatever it throws makes the attribute unavailable, not the decision point.
            return Failed($"the attribute provider for {slot.AttributeId} failed: {error.Message}");
        }
    }

    private static Failure Failed(string message) => Failure.Processing(message) with { MinorCodes = [StatusCodes.ProviderFailed] };
}
