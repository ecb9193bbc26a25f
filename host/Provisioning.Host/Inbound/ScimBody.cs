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
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                if (body.Length + count > maxBytes)
                    throw TooLarge(maxBytes);
                body.Write(buffer, 0, count);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes);
        }

        return CheckedJson.ReadObject(body.GetBuffer().AsMemory(0, (int)body.Length), namesIgnoreCase);
    }

    private static ScimException TooLarge(int maxBytes) => new(413, null, $"the body is larger than {maxBytes} bytes");
}
