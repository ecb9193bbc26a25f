using System.Xml;
using System.Xml.XPath;

namespace Provisioning.Xacml;

/// <summary>Walks as the navigator inside does, and counts the steps: XPath evaluation has no other place where it could be stopped.</summary>
internal sealed class CountingNavigator(XPathNavigator inner, XPathBudget budget) : XPathNavigator
{
    // Text is copied too, though faster than nodes are visited.
    private const int CharactersPerStep = 64;

    public XPathNavigator Inner => inner;

    public override string BaseURI => inner.BaseURI;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public override string LocalName => inner.LocalName;

    public override string Name => inner.Name;

    public override string NamespaceURI => inner.NamespaceURI;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XPathNodeType NodeType => inner.NodeType;

    public override string Prefix => inner.Prefix;

    public override string Value
    {
        get
        {
            var value = inner.Value;
            budget.Take(1 + (value.Length / CharactersPerStep));
            return value;
        }
    }

    public override XPathNavigator Clone()
    {
        budget.Take();
        return new CountingNavigator(inner.Clone(), budget);
    }

    public override bool IsSamePosition(XPathNavigator other) => other is CountingNavigator counting && inner.IsSamePosition(counting.Inner);

    public override bool MoveTo(XPathNavigator other) => other is CountingNavigator counting && Count(inner.MoveTo(counting.Inner));

    public override bool MoveToFirstAttribute() => Count(inner.MoveToFirstAttribute());

    public override bool MoveToNextAttribute() => Count(inner.MoveToNextAttribute());

    public override bool MoveToFirstNamespace(XPathNamespaceScope namespaceScope) => Count(inner.MoveToFirstNamespace(namespaceScope));

    public override bool MoveToNextNamespace(XPathNamespaceScope namespaceScope) => Count(inner.MoveToNextNamespace(namespaceScope));

    public override bool MoveToFirstChild() => Count(inner.MoveToFirstChild());

    public override bool MoveToNext() => Count(inner.MoveToNext());

    public override bool MoveToPrevious() => Count(inner.MoveToPrevious());

    public override bool MoveToParent() => Count(inner.MoveToParent());

    public override bool MoveToId(string id) => Count(inner.MoveToId(id));

    private bool Count(bool moved)
    {
        budget.Take();
        return moved;
    }
}
