namespace Provisioning.Core.Users;

/// <summary>A part of a list.</summary>
/// <param name="Total">How many there are in all.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total);
