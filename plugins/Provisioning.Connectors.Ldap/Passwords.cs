using System.DirectoryServices.Protocols;
using System.Formats.Asn1;
using System.Text;

namespace Provisioning.Connectors.Ldap;

/// <summary>Writes passwords in the directory's way.</summary>
internal static class Passwords
{
    private const string PasswordModify = "1.3.6.1.4.1.4203.1.11.1";

    /// <summary>A request that sets the password of an entry.</summary>
    public static DirectoryRequest Set(string dn, Secret password, PasswordStyle style) => style == PasswordStyle.Extended
        ? new ExtendedRequest(PasswordModify, Extended(dn, password.Reveal()))
        : new ModifyRequest(dn, DirectoryAttributeOperation.Replace, Attribute(style), Value(password, style));

    /// <summary>The attribute of a new entry that gives it a password nobody knows.</summary>
    public static DirectoryAttribute Random(PasswordStyle style) => new(Attribute(style), Value(RandomPassword.Make(), style));

    /// <summary>Active Directory takes the password in quotes, as UTF-16.</summary>
    public static byte[] Value(Secret password, PasswordStyle style) => style == PasswordStyle.UnicodePwd
        ? Encoding.Unicode.GetBytes($"\"{password.Reveal()}\"")
        : Encoding.UTF8.GetBytes(password.Reveal());

    private static string Attribute(PasswordStyle style) => style == PasswordStyle.UnicodePwd ? "unicodePwd" : "userPassword";

    /// <summary>RFC 3062: a sequence of the user and the new password.</summary>
    private static byte[] Extended(string dn, string password)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(dn), new Asn1Tag(TagClass.ContextSpecific, 0));
            writer.WriteOctetString(Encoding.UTF8.GetBytes(password), new Asn1Tag(TagClass.ContextSpecific, 2));
        }

        return writer.Encode();
    }
}
