using Provisioning.Core.Ledger;
using Provisioning.Core.Reconciling;

namespace Provisioning.Storage;

/// <summary>The stored numbers of states, for SQL texts. A test holds them to the enumerations.</summary>
internal static class Stored
{
    /// <summary>See <see cref="AssignmentStatus"/>.</summary>
    public static class Status
    {
        public const string Pending = "0";
        public const string Done = "1";
        public const string Parked = "2";
        public const string Detached = "3";
        public const string Discarded = "4";
    }

    /// <summary>See <see cref="DesiredState"/>.</summary>
    public static class Desired
    {
        public const string Present = "0";
        public const string Disabled = "1";
        public const string Absent = "2";
    }

    /// <summary>See <see cref="AppliedState"/>.</summary>
    public static class Applied
    {
        public const string None = "0";
        public const string Present = "1";
        public const string Disabled = "2";
        public const string Absent = "3";
    }

    /// <summary>See <see cref="Provisioning.Connectors.ResourceType"/>.</summary>
    public static class Resource
    {
        public const string User = "0";
        public const string Group = "1";
    }

    /// <summary>See <see cref="ReconciliationState"/>.</summary>
    public static class Run
    {
        public const string Queued = "0";
        public const string Running = "1";
        public const string Complete = "2";
        public const string Suspicious = "3";
        public const string Incomplete = "4";
        public const string Cancelled = "5";
    }

    /// <summary>See <see cref="FindingStep"/>.</summary>
    public static class Step
    {
        public const string None = "0";
        public const string Possible = "1";
        public const string Taken = "2";
    }
}
