namespace Provisioning.Scim;

/// <summary>The types of attributes that the schemas here use (RFC 7643, section 2.3).</summary>
public enum ScimType
{
    /// <summary>Text; RFC 7643 calls it <c>string</c>.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A number without a fraction; RFC 7643 calls it <c>integer</c>.</summary>
    WholeNumber,

    /// <summary>A number; RFC 7643 calls it <c>decimal</c>.</summary>
    Number,

    /// <summary>A date and a time of day, as <c>2026-01-05T08:00:00Z</c>; RFC 7643 calls it <c>dateTime</c>.</summary>
    Moment,

    /// <summary>The address of something, or of another resource.</summary>
    Reference,

    /// <summary>Text that stands for bytes, in base64.</summary>
    Binary,

    /// <summary>An object with parts.</summary>
    Complex,
}
