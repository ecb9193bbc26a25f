namespace Provisioning.Xacml.Testing;

/// <summary>What a case asks for.</summary>
public enum CaseKind
{
    /// <summary>The answer must be the one in the case's response.</summary>
    Evaluate,

    /// <summary>The policies are refused at load, or the answer is the Indeterminate of the case's response.</summary>
    PolicyRejectOrIndeterminate,

    /// <summary>The request is refused, or the answer is the Indeterminate of the case's response.</summary>
    RequestRejectOrIndeterminate,

    /// <summary>The policies must be refused at load.</summary>
    PolicyReject,

    /// <summary>The request must be refused.</summary>
    RequestReject,

    /// <summary>The policies must load.</summary>
    PolicyLoad,

    /// <summary>The JSON request must be understood.</summary>
    JsonRequestAccept,

    /// <summary>The JSON request must be refused.</summary>
    JsonRequestReject,

    /// <summary>The index asks for something that this runner does not know.</summary>
    Unknown,
}
