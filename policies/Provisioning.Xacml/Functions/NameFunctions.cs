namespace Provisioning.Xacml;

/// <summary>Matching of mail addresses and distinguished names.</summary>
internal static class NameFunctions
{
    public static IEnumerable<Function> All() =>
    [
        new("rfc822Name-match", [DataType.String, DataType.Rfc822Name], DataType.Boolean, a => Value.Of(Names.MailMatches(a.Text(0), a.Text(1)))),
        new("x500Name-match", [DataType.X500Name, DataType.X500Name], DataType.Boolean, a => Value.Of(Names.X500Matches(a.Text(0), a.Text(1)))),
    ];
}
