using System.Globalization;
using System.Reflection;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Reconciling;
using Provisioning.Core.Targets;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>Databases hold these numbers: an enumeration may grow at its end, and nothing else may change.</summary>
public sealed class StoredNumberTests
{
    public static TheoryData<Type, string> Enumerations() => new()
    {
        { typeof(AssignmentStatus), "Pending=0 Done=1 Parked=2 Detached=3 Discarded=4" },
        { typeof(DesiredState), "Present=0 Disabled=1 Absent=2" },
        { typeof(AppliedState), "None=0 Present=1 Disabled=2 Absent=3" },
        { typeof(ParkedBecause), "Refused=0 GaveUp=1 NotMapped=2 ByHand=3" },
        { typeof(ResourceType), "User=0 Group=1" },
        { typeof(FailureKind), "Transient=0 Throttled=1 Unauthorized=2 Conflict=3 Gone=4 Ambiguous=5 Rejected=6 Misconfigured=7" },
        { typeof(TargetCondition), "Open=0 Throttled=1 Failing=2 Unauthorized=3 Paused=4 Misconfigured=5" },
        { typeof(FindingKind), "Missing=0 Different=1 Disabled=2 Enabled=3 Orphan=4 Unmatched=5 Adoptable=6" },
        { typeof(FindingStep), "None=0 Possible=1 Taken=2" },
        { typeof(ReconciliationState), "Queued=0 Running=1 Complete=2 Suspicious=3 Incomplete=4 Cancelled=5" },
        { typeof(RegistrationOrigin), "Registered=0 Imported=1 SignedIn=2" },
        { typeof(RegistrationValueKind), "Email=0 EmployeeNumber=1" },
        { typeof(ReconciliationMode), "Report=0 Repair=1 Adopt=2" },
    };

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void When_a_state_is_stored_Should_have_the_number_that_it_always_had(Type type, string numbers) =>
        Assert.Equal(numbers, string.Join(' ', Enum.GetNames(type).Select(x => $"{x}={Convert.ToInt32(Enum.Parse(type, x), CultureInfo.InvariantCulture)}")));

    [Theory]
    [InlineData(typeof(Stored.Status), typeof(AssignmentStatus))]
    [InlineData(typeof(Stored.Desired), typeof(DesiredState))]
    [InlineData(typeof(Stored.Applied), typeof(AppliedState))]
    [InlineData(typeof(Stored.Resource), typeof(ResourceType))]
    [InlineData(typeof(Stored.Run), typeof(ReconciliationState))]
    [InlineData(typeof(Stored.Step), typeof(FindingStep))]
    public void When_SQL_names_a_state_Should_mean_the_number_of_the_enumeration(Type constants, Type enumeration) => Assert.Equal(
        Enum.GetNames(enumeration).ToDictionary(x => x, x => ((int)Enum.Parse(enumeration, x)).ToString(CultureInfo.InvariantCulture)),
        constants.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(x => x.Name, x => (string)x.GetRawConstantValue()!));
}
