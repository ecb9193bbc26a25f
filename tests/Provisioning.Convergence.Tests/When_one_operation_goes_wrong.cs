using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Convergence.Tests;

/// <summary>Every fault × every operation: in the end the target is as desired, and nothing is there twice.</summary>
public sealed class When_one_operation_goes_wrong : Rig
{
    public static TheoryData<string, TargetFault> Cases()
    {
        var cases = new TheoryData<string, TargetFault>();
        foreach (var operation in (string[])["create", "find", "update", "disable", "enable", "delete", "create-group", "change-members", "delete-group"])
            foreach (var fault in Enum.GetValues<TargetFault>())
                cases.Add(operation, fault);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_converge_to_what_is_desired_and_double_nothing(string operation, TargetFault fault)
    {
        await PrepareAsync(operation);
        var requests = Target.Requests.Count;
        Break(operation, fault);
        await ApplyAsync(operation);
        await SettleAsync();

        Assert.Equal(Expected(operation), Found());
        await AssertDoneAsync();
        Assert.True(Target.Requests.Count > requests + 1 || fault is TargetFault.AnswersGarbage, "nothing went wrong at all");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_leave_nothing_behind_when_the_wish_changes_back_meanwhile(string operation, TargetFault fault)
    {
        await PrepareAsync(operation);
        var before = Found();
        Break(operation, fault);
        await ApplyAsync(operation);
        await DrainOnceAsync();
        await RevertAsync(operation);
        await SettleAsync();

        Assert.Equal(before, Found());
        await AssertDoneAsync();
    }

    private async Task AssertDoneAsync()
    {
        foreach (var assignment in await Storage.Ledger.ListAssignmentsAsync(new AssignmentQuery(), None))
            Assert.Equal((AssignmentStatus.Done, null), (assignment.Status, assignment.Lease?.Token));
    }

    private void Break(string operation, TargetFault fault)
    {
        // Where searches lag, only the target itself can tell that a name is there already.
        Target.RefusesNames = fault == TargetFault.LagsBehind;
        Target.Break(Request(operation), fault);
    }

    private static string Request(string operation) => operation switch
    {
        "create" or "create-group" => "create",
        "find" => "find",
        "delete" or "delete-group" => "delete",
        _ => "change",
    };

    private async Task PrepareAsync(string operation)
    {
        foreach (var user in (string[])["ada", "bob"])
            await Storage.Ledger.CommitUserAsync(People.Known(user, user, null, Start), WriteKind.Insert, [], None);
        if (operation == "find")
            Provider = Provider with { MatchBeforeCreate = true };
        if (operation is "create" or "find")
            return;
        await PlanAsync("ada");
        if (operation.Contains("group", StringComparison.Ordinal) || operation == "change-members")
            await PlanAsync("bob");
        await SettleAsync();
        if (operation == "enable")
        {
            await PlanAsync("ada", DesiredState.Disabled);
            await SettleAsync();
        }

        if (operation is "change-members" or "delete-group")
        {
            await PlanGroupAsync(WriteKind.Insert, DesiredState.Present, "ada");
            await SettleAsync();
        }
    }

    private Task ApplyAsync(string operation) => operation switch
    {
        "create" or "find" or "enable" => PlanAsync("ada"),
        "update" => PlanAsync("ada", title: "b"),
        "disable" => PlanAsync("ada", DesiredState.Disabled),
        "delete" => PlanAsync("ada", DesiredState.Absent),
        "create-group" => PlanGroupAsync(WriteKind.Insert, DesiredState.Present, "ada"),
        "change-members" => PlanGroupAsync(WriteKind.Update, DesiredState.Present, "bob"),
        _ => PlanGroupAsync(WriteKind.Update, DesiredState.Absent),
    };

    private Task RevertAsync(string operation) => operation switch
    {
        "create" or "find" => PlanAsync("ada", DesiredState.Absent),
        "update" or "disable" or "delete" => PlanAsync("ada"),
        "enable" => PlanAsync("ada", DesiredState.Disabled),
        "create-group" => PlanGroupAsync(WriteKind.Update, DesiredState.Absent),
        _ => PlanGroupAsync(WriteKind.Update, DesiredState.Present, "ada"),
    };

    private static string Expected(string operation) => operation switch
    {
        "update" => "ada b on",
        "disable" => "ada a off",
        "delete" => "",
        "create-group" => "ada a on, bob a on, team [ada]",
        "change-members" => "ada a on, bob a on, team [bob]",
        "delete-group" => "ada a on, bob a on",
        _ => "ada a on",
    };

    private string Found()
    {
        var names = Target.Users.ToDictionary(x => x["id"]!.ToString(), x => x["userName"]!.ToString());
        var users = Target.Users.Select(x => $"{x["userName"]} {x["title"]} {(x["active"]?.GetValue<bool>() == false ? "off" : "on")}").Order();
        var groups = Target.Groups.Select(x => $"{x["displayName"]} [{string.Join(' ', (x["members"] as JsonArray ?? []).Select(m => names[m!["value"]!.ToString()]))}]");
        return string.Join(", ", users.Concat(groups));
    }
}
