using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Host.Inbound;
using Provisioning.Xacml;

namespace Provisioning.Host.Authorization;

/// <summary>The policies in force as a decision service for others: the REST profile of XACML 3.0, version 1.1.</summary>
internal static class PolicyDecisionEndpoints
{
    private const string EntryPoint = "/authorization";
    private const string DecisionPoint = EntryPoint + "/pdp";

    private const string Relation = "http://docs.oasis-open.org/ns/xacml/relation/pdp";

    // The home document in both of its forms (section 2.2.2).
    private const string HomeJson = $$$$"""{"resources":{"{{{{Relation}}}}":{"href":"{{{{DecisionPoint}}}}"} } }""";
    private const string HomeXml =
        $"""<resources xmlns="http://ietf.org/ns/home-documents" xmlns:atom="http://www.w3.org/2005/Atom"><resource rel="{Relation}"><atom:link href="{DecisionPoint}"/></resource></resources>""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(EntryPoint, Home);
        routes.MapPost(DecisionPoint, DecideAsync).AddEndpointFilter<LargeBodies>();
    }

    private static IResult Home(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(range => range.MediaType.EndsWith("xml", StringComparison.OrdinalIgnoreCase))
            ? Results.Text(HomeXml, "application/home+xml")
            : Results.Text(HomeJson, "application/json-home");

    private static async Task<IResult> DecideAsync(HttpRequest request, PolicyFolder policies, CancellationToken cancellationToken)
    {
        if (XacmlFormat.OfBody(request) is not { } format)
            return ScimResults.Error(415, null, $"the body is '{request.ContentType}'; it must be {XacmlFormat.Xml.MediaType} or {XacmlFormat.Json.MediaType}");
        if (XacmlFormat.OfAnswer(request, format) is not { } answer)
            return ScimResults.Error(406, null, $"answers are {XacmlFormat.Xml.MediaType} or {XacmlFormat.Json.MediaType}, not '{request.Headers.Accept}'");

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        body.Position = 0;
        var pdp = policies.Current;
        var output = new ArrayBufferWriter<byte>();
        var status = StatusCodes.Status200OK;
        try
        {
            if (format == XacmlFormat.Json && !CheckedJson.IsText(body.GetBuffer().AsSpan(0, (int)body.Length)))
                throw new XacmlSyntaxException("the request has a text that is no Unicode: bytes that are no UTF-8, or half of a character");
            answer.Write(pdp.Evaluate(format.Read(body, pdp)), output);
        }
        catch (XacmlSyntaxException error)
        {
            // The caller's fault, so that HTTP says so as well (section 2.3.3).
            status = StatusCodes.Status400BadRequest;
            answer.Write(XacmlResponse.To(error), output);
        }

        return new XacmlAnswer(output.WrittenMemory, answer.MediaType, status);
    }

    /// <summary>A response that is written already.</summary>
    private sealed class XacmlAnswer(ReadOnlyMemory<byte> body, string mediaType, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = mediaType;
            httpContext.Response.ContentLength = body.Length;
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
