namespace Provisioning.Core.Users;

/// <summary>A part of a list.</summary>
/// <param name="Total">How many there are in all.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total)
{
    /// <summary>Where the next page begins, for lists that are gone through from place to place; null at the end.</summary>
    public string? Next { get; init; }
}
