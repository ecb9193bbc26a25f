using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Provisioning.Xacml;

namespace Provisioning.Host.Authorization;

/// <summary>One of the two representations of requests and responses, with the media types that stand for it.</summary>
internal sealed class XacmlFormat
{
    public static readonly XacmlFormat Xml = new(
        ["application/xacml+xml", "application/xml", "text/xml"], XacmlXml.ReadRequest, XacmlXml.WriteResponse);

    public static readonly XacmlFormat Json = new(
        ["application/xacml+json", "application/json"], XacmlJson.ReadRequest, XacmlJson.WriteResponse);

    private static readonly XacmlFormat[] All = [Json, Xml];

    private readonly string[] _mediaTypes;

    private XacmlFormat(
        string[] mediaTypes, Func<Stream, PolicyDecisionPoint?, XacmlRequestContext> read, Action<XacmlResponse, IBufferWriter<byte>> write)
    {
        _mediaTypes = mediaTypes;
        Read = read;
        Write = write;
    }

    public Func<Stream, PolicyDecisionPoint?, XacmlRequestContext> Read { get; }

    public Action<XacmlResponse, IBufferWriter<byte>> Write { get; }

    /// <summary>The media type of answers.</summary>
    public string MediaType => _mediaTypes[0];

    /// <summary>The format of a request's body; null if it is neither.</summary>
    public static XacmlFormat? OfBody(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? Array.Find(All, format => format._mediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            : null;

    /// <summary>The format in which the caller wants the answer, its own one unless it says otherwise; null if it accepts neither.</summary>
    public static XacmlFormat? OfAnswer(HttpRequest request, XacmlFormat own)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
            return own;
        return accepted
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => own.Satisfies(range) ? own : Array.Find(All, format => format.Satisfies(range)))
            .FirstOrDefault(format => format is not null);
    }

    private bool Satisfies(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes
        || _mediaTypes.Any(type => range.MatchesAllSubTypes
            ? type.StartsWith(range.Type + "/", StringComparison.OrdinalIgnoreCase)
            : range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase));
}
