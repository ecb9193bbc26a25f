using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Reads request bodies within bounds.</summary>
internal static class ScimBody
{
    /// <summary>Of every request that is not about a group.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>A group names all its members: a hundred thousand with their names and references.</summary>
    public const int MaxGroupBytes = 16 * 1024 * 1024;

    private const int UnknownBytes = 16 * 1024;

    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="maxBytes">The largest body.</param>
    /// <param name="namesIgnoreCase">False where names are not those of SCIM attributes.</param>
    /// <exception cref="ScimException">413 when it is larger, 400 <c>invalidSyntax</c> when it is no JSON object or has text that is no Unicode.</exception>
    public static async Task<JsonObject> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken, int maxBytes = MaxBytes, bool namesIgnoreCase = true)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
        CheckForm(request);
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        // One byte more than is said, so that the end is seen without another buffer.
        var body = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength + 1 ?? UnknownBytes));
        try
        {
            var length = 0;
            while (await request.Body.ReadAsync(body.AsMemory(length), cancellationToken) is > 0 and var count)
            {
                length += count;
                if (length > maxBytes)
                    throw TooLarge(maxBytes);
                if (length == body.Length)
                    body = Grown(body);
            }

            return CheckedJson.ReadObject(body.AsMemory(0, length), namesIgnoreCase);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    // Without a type it is taken for JSON: much is sent so, and it harms nobody.
    private static void CheckForm(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new ScimException(415, null, $"the body is encoded as '{encoding}'; send it as it is");
        if (request.ContentType is { Length: > 0 } type && !(MediaTypeHeaderValue.TryParse(type, out var parsed) && IsJson(parsed.MediaType ?? "")))
            throw new ScimException(415, null, $"the body is '{type}'; send application/scim+json or application/json");
    }

    private static bool IsJson(string type) =>
        type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) || type.Equals("text/json", StringComparison.OrdinalIgnoreCase);

    private static byte[] Grown(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static ScimException TooLarge(int maxBytes) => new(413, null, $"the body is larger than {maxBytes} bytes");
}
