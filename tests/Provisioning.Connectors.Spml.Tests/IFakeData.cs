using System.Xml.Linq;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>What the data of an object may be, in one profile.</summary>
internal interface IFakeData
{
    /// <summary>The schema element of a target.</summary>
    XElement Schema { get; }

    /// <summary>The class and the unique name of an object.</summary>
    (string Class, string Name) Key(XElement data);

    /// <summary>Throws when the data is not what the target's schema allows.</summary>
    void Check(XElement data);

    /// <summary>Carries out one modification.</summary>
    void Modify(XElement data, XElement modification);

    /// <summary>Whether a query finds the object.</summary>
    bool Matches(XElement data, XElement query);
}
