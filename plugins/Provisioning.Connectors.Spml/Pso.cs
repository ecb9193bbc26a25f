using System.Xml.Linq;
using Provisioning.Http;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>Reads provisioning service objects.</summary>
internal static class Pso
{
    /// <summary>The id that the target gave, or null when it is missing or not one text.</summary>
    public static string? Id(XElement? pso) => Addresses.Id((string?)pso?.Element(Core + "psoID")?.Attribute("ID"));

    /// <summary>The object in a response, of whichever namespace the operation is.</summary>
    public static XElement? Of(XElement response) => response.Elements().FirstOrDefault(child => child.Name.LocalName == "pso");

    public static IEnumerable<XElement> All(XElement response) => response.Elements().Where(child => child.Name.LocalName == "pso");

    /// <summary>The objects that an object refers to.</summary>
    public static IEnumerable<string> References(XElement pso, string type) =>
        from reference in pso.Elements(Core + "capabilityData").Elements(Reference + "reference")
        where (string?)reference.Attribute("typeOfReference") == type
        select Addresses.Id((string?)reference.Element(Reference + "toPsoID")?.Attribute("ID"))
            ?? throw new ConnectorException(FailureKind.Transient, "the group has a member without an id");
}
