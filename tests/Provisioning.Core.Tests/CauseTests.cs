using Provisioning.Core.Ledger;

namespace Provisioning.Core.Tests;

public sealed class CauseTests
{
    [Theory]
    [InlineData("account '7' exists already for 'ada' and 'existing' is 'Reject'", "account '8a' exists already for 'bob' and 'existing' is 'Reject'")]
    [InlineData("HTTP 502 after 3 s", "HTTP 503 after 11 s")]
    [InlineData("no object 0193c0de-7a51-7000", "no object 0193c0df-7a52-7111")]
    public void When_only_names_and_numbers_differ_Should_be_the_same(string one, string other) => Assert.Equal(Cause.Of(one), Cause.Of(other));

    [Theory]
    [InlineData("account '7' is protected", "account '7' is taken")]
    [InlineData("no mail", "no manager")]
    [InlineData(null, "no mail")]
    public void When_the_words_differ_Should_be_another(string? one, string other) => Assert.NotEqual(Cause.Of(one), Cause.Of(other));
}
