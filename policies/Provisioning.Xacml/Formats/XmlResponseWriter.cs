using System.Buffers;

namespace Provisioning.Xacml;

/// <summary>Writes a Response element.</summary>
internal static class XmlResponseWriter
{
    public static void Write(XacmlResponse response, IBufferWriter<byte> output)
    {
        var xml = new Utf8XmlWriter(output);
        xml.Raw("<Response xmlns=\"urn:oasis:names:tc:xacml:3.0:core:schema:wd-17\">"u8);
        foreach (var result in response.Results) WriteResult(xml, result);
        xml.Raw("</Response>"u8);
    }

    private static void WriteResult(Utf8XmlWriter xml, XacmlResult result)
    {
        xml.Raw("<Result><Decision>"u8);
        xml.Raw(result.Decision switch
        {
            Decision.Permit => "Permit"u8,
            Decision.Deny => "Deny"u8,
            Decision.NotApplicable => "NotApplicable"u8,
            _ => "Indeterminate"u8,
        });
        xml.Raw("</Decision><Status>"u8);
        WriteStatusCode(xml, result.StatusCode, result.MinorStatusCodes, 0);
        if (result.StatusMessage is not null)
        {
            xml.Raw("<StatusMessage>"u8);
            xml.Text(result.StatusMessage);
            xml.Raw("</StatusMessage>"u8);
        }

        if (result.MissingAttributes.Count > 0) WriteMissing(xml, result.MissingAttributes);
        xml.Raw("</Status>"u8);
        if (result.Obligations.Count > 0) WriteObligations(xml, result.Obligations);
        if (result.Advice.Count > 0) WriteAdvice(xml, result.Advice);
        if (result.Included.Count > 0) WriteIncluded(xml, result.Included);
        if (result is { ReturnPolicyIdList: true, PolicyIdentifierList.Count: > 0 }) WritePolicies(xml, result.PolicyIdentifierList);
        xml.Raw("</Result>"u8);
    }

    private static void WriteStatusCode(Utf8XmlWriter xml, string code, IReadOnlyList<string> minor, int depth)
    {
        xml.Raw("<StatusCode"u8);
        xml.Attribute(" Value"u8, code);
        if (depth == minor.Count)
        {
            xml.Raw("/>"u8);
            return;
        }

        xml.Raw(">"u8);
        WriteStatusCode(xml, minor[depth], minor, depth + 1);
        xml.Raw("</StatusCode>"u8);
    }

    private static void WriteMissing(Utf8XmlWriter xml, IReadOnlyList<MissingAttribute> missing)
    {
        xml.Raw("<StatusDetail>"u8);
        foreach (var one in missing)
        {
            xml.Raw("<MissingAttributeDetail"u8);
            xml.Attribute(" Category"u8, one.Category);
            xml.Attribute(" AttributeId"u8, one.AttributeId);
            xml.Attribute(" DataType"u8, one.DataType);
            xml.Attribute(" Issuer"u8, one.Issuer);
            xml.Raw("/>"u8);
        }

        xml.Raw("</StatusDetail>"u8);
    }

    private static void WriteObligations(Utf8XmlWriter xml, IReadOnlyList<Obligation> obligations)
    {
        xml.Raw("<Obligations>"u8);
        foreach (var obligation in obligations)
        {
            xml.Raw("<Obligation"u8);
            xml.Attribute(" ObligationId"u8, obligation.Id);
            xml.Raw(">"u8);
            foreach (var assignment in obligation.Assignments) WriteAssignment(xml, assignment);
            xml.Raw("</Obligation>"u8);
        }

        xml.Raw("</Obligations>"u8);
    }

    private static void WriteAdvice(Utf8XmlWriter xml, IReadOnlyList<Advice> advice)
    {
        xml.Raw("<AssociatedAdvice>"u8);
        foreach (var one in advice)
        {
            xml.Raw("<Advice"u8);
            xml.Attribute(" AdviceId"u8, one.Id);
            xml.Raw(">"u8);
            foreach (var assignment in one.Assignments) WriteAssignment(xml, assignment);
            xml.Raw("</Advice>"u8);
        }

        xml.Raw("</AssociatedAdvice>"u8);
    }

    private static void WriteAssignment(Utf8XmlWriter xml, AttributeAssignment assignment)
    {
        xml.Raw("<AttributeAssignment"u8);
        xml.Attribute(" AttributeId"u8, assignment.AttributeId);
        xml.Attribute(" Category"u8, assignment.Category);
        xml.Attribute(" Issuer"u8, assignment.Issuer);
        WriteTypeAndText(xml, assignment.DataType, assignment.Value, assignment.XPath);
        xml.Raw("</AttributeAssignment>"u8);
    }

    private static void WriteIncluded(Utf8XmlWriter xml, IReadOnlyList<IncludedAttribute> included)
    {
        for (var i = 0; i < included.Count; i++)
        {
            var (one, before) = (included[i], i == 0 ? null : included[i - 1]);
            var isNewCategory = before is null || !one.IsBeside(before);
            if (before is not null && (isNewCategory || !one.IsOf(before))) xml.Raw("</Attribute>"u8);
            if (isNewCategory)
            {
                if (before is not null) xml.Raw("</Attributes>"u8);
                xml.Raw("<Attributes"u8);
                xml.Attribute(" xml:id"u8, one.CategoryId);
                xml.Attribute(" Category"u8, one.Category);
                xml.Raw(">"u8);
            }

            if (isNewCategory || !one.IsOf(before!))
            {
                xml.Raw("<Attribute IncludeInResult=\"true\""u8);
                xml.Attribute(" AttributeId"u8, one.AttributeId);
                xml.Attribute(" Issuer"u8, one.Issuer);
                xml.Raw(">"u8);
            }

            xml.Raw("<AttributeValue"u8);
            WriteTypeAndText(xml, one.DataType, one.Value, one.XPath);
            xml.Raw("</AttributeValue>"u8);
        }

        xml.Raw("</Attribute></Attributes>"u8);
    }

    /// <summary>The rest of a start tag, and the value.</summary>
    private static void WriteTypeAndText(Utf8XmlWriter xml, string dataType, string text, XPathValue? xpath)
    {
        xml.Attribute(" DataType"u8, dataType);
        if (xpath is not null)
        {
            xml.Attribute(" XPathCategory"u8, xpath.Category);
            foreach (var (prefix, uri) in xpath.Namespaces)
            {
                if (prefix.Length == 0) continue;
                xml.Raw(" xmlns:"u8);
                xml.Text(prefix);
                xml.Attribute(default, uri);
            }
        }

        xml.Raw(">"u8);
        xml.Text(text);
    }

    private static void WritePolicies(Utf8XmlWriter xml, IReadOnlyList<PolicyIdentifier> policies)
    {
        xml.Raw("<PolicyIdentifierList>"u8);
        foreach (var policy in policies)
        {
            xml.Raw(policy.IsSet ? "<PolicySetIdReference"u8 : "<PolicyIdReference"u8);
            xml.Attribute(" Version"u8, policy.Version);
            xml.Raw(">"u8);
            xml.Text(policy.Id);
            xml.Raw(policy.IsSet ? "</PolicySetIdReference>"u8 : "</PolicyIdReference>"u8);
        }

        xml.Raw("</PolicyIdentifierList>"u8);
    }
}
