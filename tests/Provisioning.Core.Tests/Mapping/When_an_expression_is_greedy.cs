using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

public sealed class When_an_expression_is_greedy
{
    private const long Bytes = 64_000_000;

    [Theory]
    [InlineData("/^(a+)+$/.test(user.displayName)")]
    [InlineData("new RegExp('^(a+)+$').test(user.displayName)")]
    [InlineData("user.displayName.match(/^(a+)+$/)")]
    [InlineData("user.displayName.replace(/(a+)+$/g, '')")]
    [InlineData("Array(100).fill(user.displayName).map(x => /^(a+)+$/.test(x))")]
    [InlineData("'a'.repeat(5e8).length")]
    [InlineData("'a'.padEnd(5e8).replace('a', 'b').length")]
    [InlineData("'a'.padStart(5e8).length")]
    [InlineData("'a'.repeat(9e5).replaceAll('a', 'b'.repeat(9e5)).length")]
    [InlineData("'a'.repeat(9e5).concat('b') + 'a'.repeat(9e5)")]
    [InlineData("(() => { let s = 'a'; for (let i = 0; i < 40; i++) s += s; return s; })()")]
    [InlineData("(() => { let s = 'a'; for (let i = 0; i < 40; i++) s = `${s}${s}`; return s; })()")]
    [InlineData("new Array(1e8).fill(0)")]
    [InlineData("Array.from({ length: 1e7 })")]
    [InlineData("join('x'.repeat(1e5), Array(1e4).fill('a'))")]
    [InlineData("(() => { for (;;) user.x = 1; })()")]
    [InlineData("(function f() { return f(); })()")]
    public void Should_end_it_early(string expression)
    {
        var mapping = AttributeMapping.Compile(new JsonObject { ["t"] = expression });
        var user = new JsonObject { ["displayName"] = new string('a', 36) + "!" };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<MappingException>(() => mapping.Map(user, null));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Bytes);
        Assert.StartsWith("mapping of 't': ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("exception", failure.Message, StringComparison.OrdinalIgnoreCase);
    }
}
