using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Provisioning.Connectors.Spml;

/// <summary>How the data of an object looks: SPML leaves that to profiles.</summary>
internal interface IDataProfile
{
    /// <summary>The profile's identifier, as targets announce it.</summary>
    string Id { get; }

    /// <summary>The data element of a new object.</summary>
    XElement Data(SpmlObjectSettings kind, JsonObject attributes);

    /// <summary>The modification elements that carry out changes.</summary>
    IEnumerable<XElement> Modifications(SpmlObjectSettings kind, IReadOnlyList<AttributeChange> changes);

    /// <summary>The modification elements that add values to, or remove values from, a multi-valued attribute.</summary>
    IEnumerable<XElement> ValueModifications(SpmlObjectSettings kind, string attribute, IReadOnlyList<string> values, bool add);

    /// <summary>The query clause for all objects of a kind, or those among them with one attribute value.</summary>
    XElement Clause(SpmlObjectSettings kind, string? attribute, string? value);

    /// <summary>The attributes in a data element.</summary>
    JsonObject Read(XElement data);

    /// <summary>The attributes of a kind that a target's schema declares.</summary>
    IEnumerable<SchemaAttribute> Schema(SpmlObjectSettings kind, XElement schema);
}
