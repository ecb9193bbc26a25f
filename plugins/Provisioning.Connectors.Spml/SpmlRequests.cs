using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>Builds requests. Each gets its requestID when it is sent.</summary>
internal sealed class SpmlRequests(SpmlSettings settings)
{
    public static XElement ListTargets() => new(Core + "listTargetsRequest");

    public XElement Add(XElement data, string? identifier, string? container, IEnumerable<XElement> capabilityData) => new(
        Core + "addRequest",
        Target(),
        new XAttribute("returnData", "everything"),
        identifier is null ? null : Identifier(Core + "psoID", identifier),
        container is null ? null : Identifier(Core + "containerID", container),
        data,
        capabilityData);

    public XElement Modify(string id, IEnumerable<XElement> modifications) => new(
        Core + "modifyRequest", new XAttribute("returnData", "everything"), Identifier(Core + "psoID", id), modifications);

    public XElement Delete(string id) => new(
        Core + "deleteRequest", new XAttribute("recursive", "false"), Identifier(Core + "psoID", id));

    public XElement Lookup(string id) => new(
        Core + "lookupRequest", new XAttribute("returnData", "everything"), Identifier(Core + "psoID", id));

    /// <summary>Suspends, or resumes, an account.</summary>
    public XElement SetActive(string id, bool active) => new(
        Suspend + (active ? "resumeRequest" : "suspendRequest"), Identifier(Suspend + "psoID", id));

    public XElement Active(string id) => new(Suspend + "activeRequest", Identifier(Suspend + "psoID", id));

    public XElement SetPassword(string id, Secret password) => new(
        Password + "setPasswordRequest", Identifier(Password + "psoID", id), new XElement(Password + "password", password.Reveal()));

    /// <summary>Searches from a base. The schema wants foreign content, the clause, before the base; some targets want it after.</summary>
    public XElement Search(XElement clause, string? container, int pageSize)
    {
        var start = container is null ? null : Identifier(SpmlNames.Search + "basePsoID", container);
        object?[] content = settings.BaseBeforeFilter ? [start, clause] : [clause, start];
        return new XElement(
            SpmlNames.Search + "searchRequest",
            new XAttribute("maxSelect", pageSize),
            new XAttribute("returnData", "everything"),
            new XElement(SpmlNames.Search + "query", Target(), new XAttribute("scope", "subTree"), content));
    }

    public static XElement Iterate(string iterator) => OfIterator("iterateRequest", iterator);

    public static XElement CloseIterator(string iterator) => OfIterator("closeIteratorRequest", iterator);

    public static XElement Together(IEnumerable<XElement> requests, bool goOn) => new(
        Batch + "batchRequest",
        new XAttribute("processing", "sequential"),
        new XAttribute("onError", goOn ? "resume" : "exit"),
        requests);

    public static XElement Status(string asyncRequestId) => new(
        Async + "statusRequest", new XAttribute("returnResults", "true"), new XAttribute("asyncRequestID", asyncRequestId));

    /// <summary>A change of references from one object to others.</summary>
    public XElement References(string mode, string type, IEnumerable<string> ids) => new(
        Core + "modification", new XAttribute("modificationMode", mode), ReferenceData(type, ids));

    public XElement ReferenceData(string type, IEnumerable<string> ids) => new(
        Core + "capabilityData",
        new XAttribute("mustUnderstand", "true"),
        new XAttribute("capabilityURI", Reference.NamespaceName),
        ids.Select(id => new XElement(
            Reference + "reference", new XAttribute("typeOfReference", type), Identifier(Reference + "toPsoID", id))));

    private static XElement OfIterator(string name, string iterator) => new(
        SpmlNames.Search + name, new XElement(SpmlNames.Search + "iterator", new XAttribute("ID", iterator)));

    private XElement Identifier(XName name, string id) => new(name, new XAttribute("ID", id), Target());

    private XAttribute? Target() => settings.TargetId is { Length: > 0 } id ? new XAttribute("targetID", id) : null;
}
