namespace Provisioning.Scim;

/// <summary>The types of attributes that the schemas here use (RFC 7643, section 2.3).</summary>
public enum ScimType
{
    /// <summary>Text; RFC 7643 calls it <c>string</c>.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>The address of something, or of another resource.</summary>
    Reference,

    /// <summary>Text that stands for bytes, in base64.</summary>
    Binary,

    /// <summary>An object with parts.</summary>
    Complex,
}
