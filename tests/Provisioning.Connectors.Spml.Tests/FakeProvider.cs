using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>Answers requests from state, as the standard says. It trusts that they are valid: the server has checked.</summary>
internal sealed class FakeProvider(FakeOptions options)
{
    public const string Target = "T1";
    public const string Container = "ou=people";

    private readonly IFakeData _data = options.Xsd ? new FakeXsdData() : new FakeDsmlData(options);
    private readonly Dictionary<string, Queue<XElement>> _iterators = [];
    private readonly Dictionary<string, (XElement Response, int Asked)> _later = [];
    private int _ids;

    public Dictionary<string, FakeObject> Objects { get; } = [];

    public XElement Answer(XElement request)
    {
        var name = request.Name.LocalName;
        if ((string?)request.Attribute("executionMode") == "synchronous" && options.AlwaysLater && name != "statusRequest")
            return Failed(request, "unsupportedExecutionMode", "this provider answers later");
        if ((string?)request.Attribute("executionMode") != "asynchronous")
            return Now(request);
        var id = $"later-{++_ids}";
        _later[id] = (Now(request), 0);
        return new XElement(Name(request), new XAttribute("status", "pending"), new XAttribute("requestID", id));
    }

    private static XName Name(XElement request) =>
        request.Name.Namespace + request.Name.LocalName.Replace("Request", "Response", StringComparison.Ordinal);

    private XElement Now(XElement request)
    {
        try
        {
            return Succeeded(request, request.Name.LocalName switch
            {
                "listTargetsRequest" => [Describe()],
                "addRequest" => [Add(request)],
                "lookupRequest" => [Whole(Core + "pso", Find(request))],
                "modifyRequest" => [Modify(request)],
                "deleteRequest" => Delete(request),
                "searchRequest" when Can("search") => Search(request),
                "iterateRequest" when Can("search") => Page(Iterator(request)),
                "closeIteratorRequest" when Can("search") => Close(request),
                "suspendRequest" when Can("suspend") => SetActive(request, false),
                "resumeRequest" when Can("suspend") => SetActive(request, true),
                "activeRequest" when Can("suspend") => [new XAttribute("active", Find(request).Active)],
                "setPasswordRequest" when Can("password") => SetPassword(request),
                "batchRequest" when Can("batch") => Batch(request),
                "statusRequest" when Can("async") => Status(request),
                var other => throw new FakeFailure("unsupportedOperation", other),
            });
        }
        catch (FakeFailure failure)
        {
            return Failed(request, failure.Error, failure.Message);
        }
    }

    private static XElement Succeeded(XElement request, object?[] content) =>
        new(Name(request), new XAttribute("status", "success"), request.Attribute("requestID"), content);

    private static XElement Failed(XElement request, string error, string message) => new(
        Name(request), new XAttribute("status", "failure"), new XAttribute("error", error), request.Attribute("requestID"),
        request.Name.LocalName == "statusRequest" ? request.Attribute("asyncRequestID") : null,
        new XElement(Core + "errorMessage", message));

    private bool Can(string capability) => options.Capabilities.Contains(capability);

    private XElement Describe() => new(
        Core + "target",
        new XAttribute("targetID", Target),
        new XAttribute("profile", options.Xsd ? XsdProfileId : DsmlProfileId),
        _data.Schema,
        new XElement(Core + "capabilities", options.Capabilities.Select(name =>
            new XElement(Core + "capability", new XAttribute("namespaceURI", $"{Core.NamespaceName}:{name}")))));

    private FakeObject Find(XElement request)
    {
        var id = request.Elements().First(child => child.Name.LocalName == "psoID");
        DemandTarget(id);
        return Objects.GetValueOrDefault((string)id.Attribute("ID")!)
            ?? throw new FakeFailure("noSuchIdentifier", $"no object '{(string?)id.Attribute("ID")}'");
    }

    private static void DemandTarget(XElement named)
    {
        if ((string?)named.Attribute("targetID") is { } target && target != Target)
            throw new FakeFailure("invalidIdentifier", $"no target '{target}'");
    }

    private XElement Add(XElement request)
    {
        DemandTarget(request);
        if (request.Element(Core + "containerID") is { } container && (string?)container.Attribute("ID") != Container)
            throw new FakeFailure("noSuchIdentifier", "no such container");
        var wanted = (string?)request.Element(Core + "psoID")?.Attribute("ID");
        var item = new FakeObject(wanted ?? $"pso-{++_ids}", new XElement(request.Element(Core + "data")!));
        if (Objects.ContainsKey(item.Id))
            throw new FakeFailure("alreadyExists", $"'{item.Id}' exists");
        Refer(item, request.Elements(Core + "capabilityData"), add: true);
        Store(item);
        return Whole(Core + "pso", item);
    }

    private void Store(FakeObject item)
    {
        _data.Check(item.Data);
        var (kind, name) = _data.Key(item.Data);
        var taken = Objects.Values.Any(other => other.Id != item.Id && _data.Key(other.Data) is var key
            && key.Class == kind && key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (taken)
            throw new FakeFailure("alreadyExists", $"the name '{name}' is taken");
        Objects[item.Id] = item;
    }

    private XElement Modify(XElement request)
    {
        var item = Find(request).Copy();
        foreach (var modification in request.Elements(Core + "modification"))
        {
            var references = modification.Elements(Core + "capabilityData").ToList();
            Refer(item, references, (string?)modification.Attribute("modificationMode") != "delete");
            if (references.Count == 0)
                _data.Modify(item.Data, modification);
        }

        Store(item);
        return Whole(Core + "pso", item);
    }

    private void Refer(FakeObject item, IEnumerable<XElement> capabilityData, bool add)
    {
        foreach (var reference in capabilityData.Elements())
        {
            if (!Can("reference"))
                throw new FakeFailure("unsupportedOperation", "references");
            var to = (string)reference.Element(Reference + "toPsoID")!.Attribute("ID")!;
            if (add && !Objects.ContainsKey(to))
                throw new FakeFailure("noSuchIdentifier", $"no object '{to}' to refer to");
            var entry = ((string)reference.Attribute("typeOfReference")!, to);
            if (!(add ? item.References.Add(entry) : item.References.Remove(entry)) && options.RefusesRedundancy)
                throw new FakeFailure("customError", "the reference is as it is");
        }
    }

    private object?[] Delete(XElement request)
    {
        Objects.Remove(Find(request).Id);
        return [];
    }

    private object?[] Search(XElement request)
    {
        var query = request.Element(SpmlNames.Search + "query") ?? throw new FakeFailure("malformedRequest", "a search without a query");
        DemandTarget(query);
        if (query.Element(SpmlNames.Search + "basePsoID") is { } start && (string?)start.Attribute("ID") != Container)
            throw new FakeFailure("noSuchIdentifier", "no such base");
        var found = Objects.Values.Where(item => _data.Matches(item.Data, query)).Select(item => Whole(SpmlNames.Search + "pso", item));
        return Page(new Queue<XElement>(found), (int?)request.Attribute("maxSelect") ?? int.MaxValue);
    }

    private object?[] Page(Queue<XElement> rest, int wanted = int.MaxValue)
    {
        var page = new List<object?>();
        while (rest.Count > 0 && page.Count < Math.Min(wanted, options.PageLimit))
            page.Add(rest.Dequeue());
        if (rest.Count == 0)
            return [.. page];
        var id = $"it-{++_ids}";
        _iterators[id] = rest;
        return [.. page, new XElement(SpmlNames.Search + "iterator", new XAttribute("ID", id))];
    }

    public int OpenIterators => _iterators.Count;

    public void ForgetIterators() => _iterators.Clear();

    private Queue<XElement> Iterator(XElement request) =>
        _iterators.Remove((string)request.Element(SpmlNames.Search + "iterator")!.Attribute("ID")!, out var rest)
            ? rest
            : throw new FakeFailure("noSuchIdentifier", "no such iterator");

    private object?[] Close(XElement request)
    {
        Iterator(request);
        return [];
    }

    private object?[] SetActive(XElement request, bool active)
    {
        var item = Find(request);
        if (item.Active == active && options.RefusesRedundancy)
            throw new FakeFailure("customError", "the account is in that state");
        item.Active = active;
        return [];
    }

    private object?[] SetPassword(XElement request)
    {
        var password = request.Element(SpmlNames.Password + "password")!.Value;
        if (password.Length < 8)
            throw new FakeFailure("malformedRequest", $"the password '{password}' is too short");
        Find(request).Password = password;
        return [];
    }

    private object?[] Batch(XElement request)
    {
        var responses = new List<object?>();
        foreach (var part in request.Elements())
        {
            var response = Now(part);
            responses.Add(response);
            if ((string?)response.Attribute("status") == "failure" && (string?)request.Attribute("onError") != "resume")
                break;
        }

        return [.. responses];
    }

    private object?[] Status(XElement request)
    {
        var id = (string?)request.Attribute("asyncRequestID") ?? "";
        if (!_later.TryGetValue(id, out var entry))
            throw new FakeFailure("noSuchRequest", $"no request '{id}'");
        _later[id] = entry with { Asked = entry.Asked + 1 };
        // The first question comes too early.
        var state = entry.Asked > 0 ? entry.Response : new XElement(entry.Response.Name, new XAttribute("status", "pending"), new XAttribute("requestID", id));
        return [request.Attribute("asyncRequestID"), state];
    }

    private XElement Whole(XName name, FakeObject item) => new(
        name,
        new XElement(Core + "psoID", new XAttribute("ID", item.Id), new XAttribute("targetID", Target)),
        item.Data,
        item.References.Count == 0 ? null : new XElement(
            Core + "capabilityData", new XAttribute("capabilityURI", Reference.NamespaceName),
            item.References.Select(entry => new XElement(
                Reference + "reference", new XAttribute("typeOfReference", entry.Type),
                new XElement(Reference + "toPsoID", new XAttribute("ID", entry.Id), new XAttribute("targetID", Target))))));
}
