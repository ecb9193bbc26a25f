using System.Globalization;

namespace Provisioning.Core.Users;

/// <summary>A place among the users of a service provider in the order in which they changed last.</summary>
/// <param name="Modified">When the registration of a user changed last.</param>
/// <param name="UserId">Of several that changed at the same moment, this one.</param>
public readonly record struct ModifiedPlace(DateTimeOffset Modified, string UserId)
{
    /// <summary>Before everybody, in the order that has those first who changed last.</summary>
    public static ModifiedPlace Latest { get; } = new(DateTimeOffset.MaxValue, "");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Modified.ToUnixTimeMilliseconds()}/{UserId}");

    public static ModifiedPlace Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return new ModifiedPlace(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text[..slash], CultureInfo.InvariantCulture)), text[(slash + 1)..]);
    }
}
