namespace Provisioning.Connectors.Tests;

public sealed class When_a_password_is_made
{
    [Theory]
    [InlineData(8)]
    [InlineData(RandomPassword.UsualLength)]
    public void Should_have_each_kind_of_character(int length)
    {
        for (var i = 0; i < 200; i++)
        {
            var password = RandomPassword.Make(length).Reveal();
            Assert.Equal(length, password.Length);
            Assert.Contains(password, char.IsAsciiLetterLower);
            Assert.Contains(password, char.IsAsciiLetterUpper);
            Assert.Contains(password, char.IsAsciiDigit);
            Assert.Contains(password, letter => !char.IsAsciiLetterOrDigit(letter));
        }
    }

    [Fact]
    public void Should_never_make_one_twice() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => RandomPassword.Make().Reveal()).Distinct().Count());

    [Fact]
    public void Should_refuse_to_make_short_ones() => Assert.Throws<ArgumentOutOfRangeException>(() => RandomPassword.Make(7));
}
