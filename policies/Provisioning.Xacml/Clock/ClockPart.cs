namespace Provisioning.Xacml;

/// <summary>What a value takes from the clock. Such a value moves on as time passes.</summary>
internal enum ClockPart
{
    /// <summary>The time of day.</summary>
    Time,

    /// <summary>The day.</summary>
    Date,

    /// <summary>Both.</summary>
    DateTime,
}
