using System.Globalization;
using System.Text;
using Provisioning.Core.Users;

namespace Provisioning.Core.Tests;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("ada", "ada")]
    [InlineData("rene\u0301", "ren\u00e9")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    public void When_accents_are_separate_Should_compose_them(string text, string expected) => Assert.Equal(expected, CanonicalText.Compose(text));

    [Fact]
    public void When_compared_with_another_implementation_Should_agree_everywhere()
    {
        var cases = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "canonical-cases.txt")).Where(x => x[0] != '#').Select(x => x.Split(';')).ToList();
        Assert.True(cases.Count > 300);
        Assert.All(cases, x => Assert.Equal(Text(x[1]), CanonicalText.Compose(Text(x[0]))));
    }

    private static string Text(string hex) =>
        string.Concat(hex.Split(' ').Select(x => new Rune(int.Parse(x, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
}
