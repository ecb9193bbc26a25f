namespace Provisioning.Core.Users;

/// <summary>Who joins and who leaves a group. Nobody does both.</summary>
/// <param name="Joining">Ids of users. For a user who is a member already nothing changes.</param>
/// <param name="Leaving">Ids of users. For a user who is no member nothing changes.</param>
public sealed record MemberChange(IReadOnlyList<string> Joining, IReadOnlyList<string> Leaving)
{
    /// <summary>The members after the change; the very same list when nobody joined and nobody left.</summary>
    public IReadOnlyList<string> ApplyTo(IReadOnlyList<string> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var leaving = Leaving.ToHashSet(StringComparer.Ordinal);
        var before = members.ToHashSet(StringComparer.Ordinal);
        return Leaving.Any(before.Contains) || !Joining.All(before.Contains)
            ? [.. members.Where(x => !leaving.Contains(x)), .. Joining.Where(x => !before.Contains(x)).Distinct(StringComparer.Ordinal)]
            : members;
    }
}
