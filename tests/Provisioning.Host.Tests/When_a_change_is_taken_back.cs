namespace Provisioning.Host.Tests;

/// <summary>A host changes from one revision to another and back, while another host runs with a third one for ever.</summary>
public sealed class When_a_change_is_taken_back : SeveralHostsFixture
{
    private const string Third = Old + ", \"nickName\": \"user.nickName\"";

    [Fact]
    public async Task Should_decide_again_about_those_whom_it_decided_about_in_between_though_hosts_differ()
    {
        await HostAsync(Third);
        var host = await HostAsync(Old);
        await LookAsync(host, host);

        host.Configure(New);
        host.Replanner.Note();
        await RegisterAsync(host);
        Assert.Equal("clerk", await TitleAsync());

        // Taken back before anybody was planned with it.
        host.Configure(Old);
        host.Replanner.Note();
        await LookAsync(host);
        Assert.Null(await TitleAsync());
    }

    [Fact]
    public async Task Should_do_so_also_where_it_is_alone()
    {
        var host = await HostAsync(Old);
        host.Configure(New);
        host.Replanner.Note();
        await RegisterAsync(host);
        host.Configure(Old);
        host.Replanner.Note();
        await LookAsync(host);
        Assert.Null(await TitleAsync());
    }
}
