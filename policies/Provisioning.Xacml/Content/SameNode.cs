using System.Xml.XPath;

namespace Provisioning.Xacml;

/// <summary>Two navigators are equal if they are at the same node.</summary>
internal sealed class SameNode : IEqualityComparer<XPathNavigator>
{
    public static readonly SameNode Instance = new();

    public bool Equals(XPathNavigator? x, XPathNavigator? y) => XPathNavigator.NavigatorComparer.Equals(x, y);

    public int GetHashCode(XPathNavigator obj) => XPathNavigator.NavigatorComparer.GetHashCode(obj);
}
