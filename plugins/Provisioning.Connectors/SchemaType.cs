namespace Provisioning.Connectors;

/// <summary>The kinds of attribute values, by how they look in JSON.</summary>
public enum SchemaType
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A moment, as a string in the target's own notation.</summary>
    DateTime,

    /// <summary>Bytes, as a string in base 64.</summary>
    Binary,

    /// <summary>An object of further attributes.</summary>
    Complex,
}
