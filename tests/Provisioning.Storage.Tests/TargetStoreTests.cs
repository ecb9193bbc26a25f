using Provisioning.Core.Targets;

namespace Provisioning.Storage.Tests;

public abstract class TargetStoreTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : TargetStoreTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : TargetStoreTests(Backend.PostgreSQL);

    private static readonly TargetState Refused = new("ldap", TargetCondition.Unauthorized, Start, Start.AddMinutes(1), "wrong password", 1);

    [Fact]
    public async Task When_the_condition_changes_Should_tell_one_caller_and_the_audit_trail()
    {
        Assert.Null(await Storage.Targets.FindAsync("ldap", None));
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Storage.Targets.SaveAsync(Refused, null, None)));
        Assert.Single(told, x => x);
        Assert.Equal(Refused, await Storage.Targets.FindAsync("ldap", None));
        Assert.False(await Storage.Targets.SaveAsync(Refused with { Times = 2, Until = Start.AddHours(1) }, null, None));
        Assert.Equal(2, Assert.Single(await Storage.Targets.ListAsync(None)).Times);
        Assert.Equal(
            new AuditEntry(Start, "host", "identity-provider-unauthorized", "ldap", "wrong password"),
            Assert.Single(await Storage.Audit.ListAsync(10, None)));
    }

    [Fact]
    public async Task When_several_say_first_what_is_wrong_with_it_Should_tell_one_of_them()
    {
        for (var i = 0; i < 50; i++)
        {
            var refused = Refused with { IdentityProvider = $"ldap{i}" };
            var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Storage.Targets.SaveAsync(refused, null, None)));
            Assert.Single(told, x => x);
        }
    }

    [Fact]
    public async Task When_an_operator_paused_it_Should_stay_paused_until_an_operator_resumes()
    {
        var paused = new TargetState("ldap", TargetCondition.Paused, Start, Reason: "upgrade");
        await Storage.Targets.SaveAsync(paused, "ann", None);
        Assert.False(await Storage.Targets.SaveAsync(Refused, null, None));
        Assert.False(await Storage.Targets.SaveAsync(TargetState.Healthy("ldap", Start), null, None));
        Assert.Equal(paused, await Storage.Targets.FindAsync("ldap", None));
        Assert.True(await Storage.Targets.SaveAsync(TargetState.Healthy("ldap", Start), "bob", None));
        Assert.Equal(["bob", "ann"], (await Storage.Audit.ListAsync(10, None)).Select(x => x.Actor));
    }
}
