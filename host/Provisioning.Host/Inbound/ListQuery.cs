using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>What a caller wants of a list (RFC 7644, section 3.4.2).</summary>
/// <param name="Filter">Null for everything.</param>
/// <param name="StartIndex">From 1.</param>
/// <param name="Count">At most so many.</param>
internal sealed record ListQuery(ScimFilter? Filter, int StartIndex, int Count, Projection Projection)
{
    public const int MaxCount = 500;

    private const int DefaultCount = 100;

    /// <summary>Whether it asks for one value of one of these attributes. An index answers that with one item at most.</summary>
    /// <param name="indexed">The attributes.</param>
    /// <param name="attribute">Which of them, in the spelling of <paramref name="indexed"/>.</param>
    /// <param name="value">The value.</param>
    public bool IsLookUp(string[] indexed, [NotNullWhen(true)] out string? attribute, out string value)
    {
        (attribute, value) = (null, "");
        if (Filter?.TryGetEquality(out var named, out value) == true)
            attribute = indexed.FirstOrDefault(x => x.Equals(named, StringComparison.OrdinalIgnoreCase));
        return attribute is not null;
    }

    /// <exception cref="ScimException">A parameter is malformed.</exception>
    public static ListQuery Of(HttpRequest request)
    {
        var filter = request.Query["filter"].ToString();
        return new ListQuery(
            filter.Length == 0 ? null : ScimFilter.Parse(filter),
            Math.Max(Number(request, "startIndex", 1), 1),
            Math.Clamp(Number(request, "count", DefaultCount), 0, MaxCount),
            Projection.Of(request));
    }

    private static int Number(HttpRequest request, string name, int standard)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
            return standard;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ScimException(400, "invalidValue", $"'{name}' is '{text}'; it must be a whole number");
    }

    /// <summary>The part of what was found that the page has.</summary>
    public Page<T> PageOf<T>(IReadOnlyList<T> found) =>
        new([.. found.Skip((int)Math.Min(StartIndex - 1, int.MaxValue)).Take(Count)], found.Count);
}
