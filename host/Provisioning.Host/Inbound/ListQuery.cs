using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>What a caller wants of a list (RFC 7644, section 3.4.2), by the query of an address or by the body of a search (section 3.4.3).</summary>
/// <param name="Filter">Null for everything.</param>
/// <param name="StartIndex">From 1.</param>
/// <param name="Count">At most so many.</param>
/// <param name="Sort">Null for any order that stays the same.</param>
/// <param name="Cursor">Null to go by <paramref name="StartIndex"/>.</param>
internal sealed record ListQuery(ScimFilter? Filter, int StartIndex, int Count, Projection Projection, ScimSort? Sort = null, ListCursor? Cursor = null)
{
    public const int MaxCount = 500;

    public const int DefaultCount = 100;

    /// <summary>Whether everything that it asks for has one value of one of these attributes, by which an index finds it.</summary>
    /// <param name="indexed">The attributes; the first one that the filter demands is taken.</param>
    /// <param name="attribute">Which of them.</param>
    /// <param name="value">The value.</param>
    public bool IsLookUp(string[] indexed, [NotNullWhen(true)] out string? attribute, out string value)
    {
        foreach (var name in indexed)
        {
            if (Filter?.Demands(name) is not { } demanded)
                continue;
            (attribute, value) = (name, demanded);
            return true;
        }

        (attribute, value) = (null, "");
        return false;
    }

    /// <exception cref="ScimException">A parameter is malformed.</exception>
    public static ListQuery Of(HttpRequest request) => Of(name => request.Query.TryGetValue(name, out var value) ? value.ToString() : null);

    /// <summary>Reads the query of a GET, or the body of a POST.</summary>
    /// <exception cref="ScimException">A parameter is malformed.</exception>
    public static async Task<ListQuery> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
            return Of(request);
        var body = await ScimBody.ReadAsync(request, cancellationToken);
        return Of(name => ScimAttributes.Find(body, name) switch
        {
            null => null,
            JsonArray list => string.Join(',', list),
            var value => value.ToString(),
        });
    }

    /// <summary>The part of what was found that the page has.</summary>
    public Page<T> PageOf<T>(IReadOnlyList<T> found) =>
        new([.. found.Skip((int)Math.Min(StartIndex - 1, int.MaxValue)).Take(Count)], found.Count);

    private static ListQuery Of(Func<string, string?> parameter)
    {
        var (filter, sortBy, cursor) = (parameter("filter") ?? "", parameter("sortBy") ?? "", parameter("cursor"));
        if (cursor is not null && sortBy.Length > 0)
            throw new ScimException(400, "invalidValue", "'sortBy' does not go with 'cursor'; use 'startIndex'");
        return new ListQuery(
            filter.Length == 0 ? null : ScimFilter.Parse(filter),
            Math.Max(Number(parameter, "startIndex", 1), 1),
            Math.Clamp(Number(parameter, "count", DefaultCount), 0, MaxCount),
            Projection.Of(parameter("attributes") ?? "", parameter("excludedAttributes") ?? ""),
            sortBy.Length == 0 ? null : ScimSort.Parse(sortBy, parameter("sortOrder")),
            cursor is null ? null : ListCursor.Parse(cursor));
    }

    // Whoever asks for a page far behind the last one gets an empty one.
    private static int Number(Func<string, string?> parameter, string name, int standard)
    {
        var text = parameter(name) ?? "";
        if (text.Length == 0)
            return standard;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
            : throw new ScimException(400, "invalidValue", $"'{name}' is '{text}'; it must be a whole number");
    }
}
