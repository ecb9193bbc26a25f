using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Provisioning.FakeServers;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>An SPML provider over HTTP. Every request, and every answer of its own, must be valid by the OASIS schemas.</summary>
internal sealed class FakeSpmlServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeOptions _options;
    private readonly HashSet<string> _requestIds = [];
    private readonly Lock _lock = new();

    private FakeSpmlServer(WebApplication app, FakeOptions options)
    {
        (_app, _options) = (app, options);
        Provider = new FakeProvider(options);
    }

    public FakeProvider Provider { get; }

    /// <summary>The requests in the order they came.</summary>
    public List<XElement> Requests { get; } = [];

    /// <summary>What was wrong with requests and answers; empty at the end of every good test.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>May answer in the place of the provider, which has acted already, and says whether it has.</summary>
    public Func<XElement, HttpContext, Task<bool>>? Intercept { get; set; }

    /// <summary>Answers in the place of the provider, which then does not act; null for a request that it is to answer.</summary>
    public Func<XElement, RawAnswer?>? Instead { get; set; }

    public string Url => _app.Urls.First() + "/spml";

    public static async Task<FakeSpmlServer> StartAsync(FakeOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FakeSpmlServer(builder.Build(), options ?? new FakeOptions());
        server._app.MapPost("/spml", server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    public static Task WriteAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml; charset=utf-8";
        return http.Response.WriteAsync(body);
    }

    public static string Envelope(XElement body) =>
        new XElement(Soap + "Envelope", new XElement(Soap + "Body", body)).ToString(SaveOptions.DisableFormatting);

    public static XElement Fault(string code, string text) => new(
        Soap + "Fault", new XAttribute(XNamespace.Xmlns + "soap", Soap.NamespaceName),
        new XElement("faultcode", "soap:" + code), new XElement("faultstring", text));

    public SpmlConnector Connect(Action<SpmlSettings>? change = null)
    {
        IConnectorFactory factory = new SpmlConnectorFactory();
        return (SpmlConnector)factory.Create(Settings(change), new ConnectorContext("test", ".", TimeProvider.System));
    }

    public SpmlSettings Settings(Action<SpmlSettings>? change = null)
    {
        var settings = new SpmlSettings
        {
            Url = Url,
            TargetId = FakeProvider.Target,
            NamesAreUnique = true,
            User = _options.Xsd
                ? new() { Class = "Person", Name = "uid", Marker = "owner", Elements = ["uid", "owner", "displayName", "name", "title", "mail"] }
                : new() { Class = "inetOrgPerson", Name = "uid", Marker = "employeeNumber", Container = FakeProvider.Container },
            Group = _options.Xsd
                ? new() { Class = "Group", Name = "uid", Marker = "owner", MemberAttribute = "member", Elements = ["uid", "owner", "description", "member"] }
                : new() { Class = "groupOfNames", Name = "cn", Marker = "employeeNumber", MemberReference = "memberOf" },
            Profile = _options.Xsd ? "xsd" : "dsml",
            Namespace = _options.Xsd ? "urn:ex:user" : null,
            MemberBatch = 2,
            PollInterval = TimeSpan.FromMilliseconds(2),
            ModificationsInData = _options.ModificationsInData,
        };
        change?.Invoke(settings);
        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Assert.Empty(Violations);
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var envelope = XDocument.Parse(await reader.ReadToEndAsync()).Root!;
        var request = envelope.Element(Soap + "Body")!.Elements().Single();
        if (Instead?.Invoke(request) is { } raw)
        {
            await raw.WriteAsync(http);
            return;
        }

        XElement answer;
        lock (_lock)
        {
            Requests.Add(request);
            var problems = Check(http, envelope, request);
            Violations.AddRange(problems);
            answer = problems.Count > 0 ? Fault("Client", problems[0]) : IsAllowed(http, envelope) ? Answered(request) : Denied();
        }

        if (Intercept is { } intercept && await intercept(request, http))
            return;
        if (answer.Name.LocalName == "denied")
            http.Response.StatusCode = 401;
        else
            await WriteAsync(http, answer.Name == Soap + "Fault" ? 500 : 200, Envelope(answer));
    }

    private List<string> Check(HttpContext http, XElement envelope, XElement request)
    {
        var problems = StrictSchemas.Problems(request).ToList();
        if (http.Request.ContentType != "text/xml; charset=utf-8")
            problems.Add($"the content type is '{http.Request.ContentType}'");
        if (!http.Request.Headers.TryGetValue("SOAPAction", out var action) || action.ToString() is not ['"', .., '"'])
            problems.Add("there is no quoted SOAPAction");
        if (envelope.Name != Soap + "Envelope")
            problems.Add("there is no SOAP 1.1 envelope");
        foreach (var id in request.DescendantsAndSelf().Attributes("requestID").Select(attribute => attribute.Value))
        {
            if (!_requestIds.Add(id))
                problems.Add($"the requestID '{id}' was used before");
        }

        return problems;
    }

    private XElement Answered(XElement request)
    {
        var answer = Provider.Answer(request);
        Violations.AddRange(StrictSchemas.Problems(answer).Select(problem => $"our own {answer.Name.LocalName}: {problem}"));
        return answer;
    }

    private static XElement Denied() => new("denied");

    private bool IsAllowed(HttpContext http, XElement envelope)
    {
        if (_options.UserName is null)
            return true;
        if (!_options.UsesUsernameToken)
        {
            var wanted = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.UserName}:{_options.PasswordOfHost}"));
            return http.Request.Headers.Authorization == $"Basic {wanted}";
        }

        var token = envelope.Element(Soap + "Header")?.Element(Security + "Security")?.Element(Security + "UsernameToken");
        return token?.Element(Security + "Username")?.Value == _options.UserName
            && token?.Element(Security + "Password")?.Value == _options.PasswordOfHost;
    }
}
