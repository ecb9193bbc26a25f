using Microsoft.AspNetCore.Http;
using Provisioning.Host.Inbound;

namespace Provisioning.Host.Tests;

/// <summary>What an index answers takes no place among the lists, which are few at a time.</summary>
public sealed class When_a_list_asks_for_one
{
    [Theory]
    [InlineData("userName eq \"ada\"", true, false)]
    [InlineData("EXTERNALID eq \"x\"", true, false)]
    [InlineData("id eq \"u1\"", true, true)]
    [InlineData("displayName eq \"staff\"", false, true)]
    [InlineData("displayname eq \"staff\"", false, true)]
    [InlineData("title eq \"clerk\"", false, false)]
    [InlineData("userName sw \"a\"", false, false)]
    [InlineData("", false, false)]
    public void Should_know_what_has_an_index(string filter, bool ofUsers, bool ofGroups)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = QueryString.Create("filter", filter);
        var query = ListQuery.Of(request);
        Assert.Equal((ofUsers, ofGroups), (UserSearch.IsLookUp(query), GroupSearch.IsLookUp(query)));
    }
}
