namespace Provisioning.Xacml.Tests.Functions;

/// <summary>The regular expressions of XML Schema (part 2, appendix F) with what XPath adds (functions and operators, 7.6.1).</summary>
public class When_patterns_are_matched
{
    /// <summary>Pattern, texts that match, texts that do not.</summary>
    public static TheoryData<string, string[], string[]> Patterns => new()
    {
        // Branches, pieces, quantifiers, anchors; a match anywhere will do.
        { "", ["", "a", "😀"], [] },
        { "a", ["a", "cat"], ["", "A"] },
        { "a|b", ["a", "b", "xbx"], ["c"] },
        { "^(a|b)$", ["a", "b"], ["ab", "c"] },
        { "^(a|)$", ["a", ""], ["b"] },
        { "^()$", [""], ["a"] },
        { "^(a|b|cd)*$", ["", "acdb"], ["cad", "x"] },
        { "^ab?c$", ["ac", "abc"], ["abbc"] },
        { "^ab*c$", ["ac", "abbbc"], ["adc"] },
        { "^ab+c$", ["abc", "abbc"], ["ac"] },
        { "^a{3}$", ["aaa"], ["aa", "aaaa"] },
        { "^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"] },
        { "^a{2,}$", ["aa", "aaaaa"], ["a"] },
        { "^a{0}$", [""], ["a"] },
        { "^a{0,0}b$", ["b"], ["ab"] },
        { "^a{02}$", ["aa"], ["a"] },
        { "^(ab){2}$", ["abab"], ["ab", "aabb"] },
        { "^(ab)+c$", ["ababc"], ["c"] },
        { "^a*?b$", ["b", "aab"], ["a"] },
        { "^a+?$", ["a", "aa"], [""] },
        { "^a??b$", ["b", "ab"], ["aab"] },
        { "^a{1,2}?b$", ["ab", "aab"], ["b"] },
        { "^(a*)*$", ["", "aaa"], ["b"] },
        { "^((a?)?)+$", ["", "aa"], ["b"] },
        { "a$", ["a", "ba"], ["ab", "a\n"] },
        { "^a", ["a", "ab"], ["ba", "\na"] },
        { "^*a", ["a", "ba"], ["b"] },
        { "^^a$$", ["a"], ["aa"] },
        { "a^", [], ["a", "aa", "a\na"] },
        { "a-b", ["a-b"], ["ab"] },
        { "a,b=c\"'&<>!%/:;@_`~# ", ["a,b=c\"'&<>!%/:;@_`~# "], ["a"] },
        { "^((a)(b(c)))$", ["abc"], ["ab"] },
        // The wildcard.
        { "^.$", ["a", " ", "é", "\r", "😀", "𝒳"], ["", "\n", "ab", "😀😀"] },
        { "^..$", ["ab", "a😀", "😀a", "😀😀"], ["😀", "a"] },
        { "^.{2,3}$", ["a😀", "😀😀😀"], ["😀", "😀😀😀😀"] },
        { "^.*$", ["", "a😀b"], ["a\nb"] },
        // Escapes for one character.
        { @"^\n\r\t$", ["\n\r\t"], ["nrt"] },
        { @"^\\\|\.\?\*\+\(\)\{\}\-\[\]\^\$$", [@"\|.?*+(){}-[]^$"], [@"\"] },
        { @"^[\n\r\t\\\|\.\?\*\+\(\)\{\}\-\[\]\^\$]{4}$", [@"\|.?", "*+()", "{}-[", "]^$\n"], ["abcd"] },
        // Escapes for several.
        { @"^\s$", [" ", "\t", "\n", "\r"], ["\u00A0", "\u2003", "\u000B", "\u000C", "\u0085", "a"] },
        { @"^\S$", ["a", "\u00A0", "\u0085", "😀"], [" ", "\n"] },
        { @"^\d$", ["0", "9", "٣", "\uFF15", "𝟘"], ["a", "½", "Ⅷ", "²"] },
        { @"^\D$", ["a", "½", "😀"], ["5", "٣", "𝟘"] },
        { @"^\w$", ["a", "Z", "0", "é", "ß", "日", "+", "<", "=", "€", "$", "^", "`", "|", "~", "½", "²", "\u0301", "😀", "𝒳"], ["_", "-", ".", "!", "@", "#", "%", "&", "*", " ", "\u00A0", "\t", "\u200B"] },
        { @"^\W$", ["_", "-", ".", " ", "@", "\u200B"], ["a", "+", "€", "😀"] },
        { @"^\i$", ["a", "_", ":", "é", "日"], ["1", "-", ".", "", " ", "😀"] },
        { @"^\i\c*$", ["a-1", "_x.y", "x:y", "Å\u030A", "b·c"], ["1a", "-a", "a b", "a+"] },
        { @"^\c$", ["a", "1", "-", ".", "_", ":", "·"], [" ", "/", "+", "😀"] },
        { @"^\I$", ["1", "-", " ", "😀"], ["a", "_", ":"] },
        { @"^\C$", [" ", "+", "😀"], ["a", "1", "."] },
        // Categories and blocks.
        { @"^\p{L}$", ["a", "É", "日", "ʰ", "𝒳", "𐐀"], ["1", "_", "😀", "\u0301"] },
        { @"^\P{L}$", ["1", "😀"], ["a", "𝒳"] },
        { @"^\p{Lu}\p{Ll}$", ["Aa", "Éé", "𐐀𐐨"], ["aA", "AA"] },
        { @"^\p{Lt}$", ["ǅ"], ["D"] },
        { @"^\p{M}\p{Mn}\p{N}\p{Nl}\p{No}$", ["\u0301\u03011Ⅷ½"], ["11111"] },
        { @"^[\p{P}\p{Z}]$", ["!", "_", "«", "\u00A0", "\u2028"], ["+", "a"] },
        { @"^\p{S}\p{Sm}\p{Sc}\p{Sk}\p{So}$", ["+<€^©"], ["a<€^©"] },
        { @"^\p{Pc}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}$", ["_-()«»!"], ["_______"] },
        { @"^\p{Cf}\p{Co}$", ["\u200D\uE000", "\U000E0001\U0010FFFD"], ["ab"] },
        { @"^\p{Cn}$", ["\u0378"], ["a"] },
        { @"^\p{Cc}$", ["\u0085"], ["a"] },
        { @"^\p{IsBasicLatin}+$", ["abc~"], ["é", "😀"] },
        { @"^\p{IsLatin-1Supplement}$", ["é"], ["e", "ā"] },
        { @"^\P{IsBasicLatin}$", ["é", "😀"], ["a"] },
        { @"^\p{IsGreek}\p{IsGreekandCoptic}$", ["αω"], ["ab"] },
        { @"^\p{IsCombiningMarksforSymbols}$", ["\u20DD"], ["a"] },
        { @"^\p{IsPrivateUse}$", ["\uE000", "\U000F0000", "\U00100000"], ["a"] },
        { @"^\p{IsCyrillic}+$", ["Привет"], ["Hallo"] },
        { @"^\p{IsEmoticons}$", ["😀"], ["a", "🚀"] },
        { @"^\p{IsMathematicalAlphanumericSymbols}+$", ["𝒳𝟘"], ["x"] },
        // Classes.
        { "^[abc]$", ["a", "c"], ["d", "", "ab"] },
        { "^[^abc]$", ["d", "😀", "\n"], ["a", ""] },
        { "^[a-c]$", ["b"], ["d", "-"] },
        { "^[a-]$", ["a", "-"], ["b"] },
        { "^[-a]$", ["a", "-"], ["b"] },
        { "^[^-a]$", ["b"], ["a", "-"] },
        { "^[-]$", ["-"], ["a"] },
        { @"^[a\-z]$", ["a", "-", "z"], ["m"] },
        { "^[a^]$", ["a", "^"], ["b"] },
        { "^[^^]$", ["a"], ["^"] },
        { @"^[\^a]$", ["a", "^"], ["b"] },
        { "^[.$*+?(){}|]$", [".", "$", "*", "|", "}"], ["a"] },
        { "^[a-cx-z0]$", ["b", "y", "0"], ["m"] },
        { @"^[\s\d]$", [" ", "5"], ["a"] },
        { @"^[^\s\d]$", ["a", "😀"], [" ", "5"] },
        { @"^[\w-[\d]]$", ["a", "+", "😀"], ["5", "_", "𝟘"] },
        { @"^[\W_a]$", ["_", "a", "-"], ["b", "+"] },
        { @"^[\S\n]$", ["a", "\n"], [" "] },
        { @"^[\D5]$", ["5", "a"], ["6"] },
        { @"^[\i\c]$", ["a", "1"], [" "] },
        { @"^[\I-[ ]]$", ["1"], [" ", "a"] },
        { @"^[\n-\r]$", ["\n", "\u000B", "\r"], ["\t", " "] },
        { @"^[!-\]]$", ["!", "A", "]"], ["^"] },
        { "^[a-z-[aeiou]]$", ["b", "z"], ["a", "u", "-", "A"] },
        { "^[a-z-[^aeiou]]$", ["a", "u"], ["b", "A"] },
        { "^[^a-z-[A-Z]]$", ["1", "😀"], ["a", "B"] },
        { "^[a-z-[b-y-[m]]]$", ["a", "m", "z"], ["b", "n"] },
        { "^[a--[x]]$", ["a", "-"], ["x"] },
        { "^[--[x]]$", ["-"], ["x"] },
        { "^[a-a-[a]]$", [], ["a", "-", ""] },
        { @"^[\p{L}-[\p{IsBasicLatin}]]$", ["é", "𝒳"], ["a"] },
        { "^[+--[x]]$", ["+", "-"], ["x", ","] },
        // Characters beyond the basic plane.
        { "^😀$", ["😀"], ["😁", "\uD83D"] },
        { "^😀+$", ["😀", "😀😀"], ["😀😁"] },
        { "^a😀?b$", ["ab", "a😀b"], ["a😁b"] },
        { "^[😀-🙏]$", ["😀", "🙃", "🙏"], ["🚀", "a"] },
        { "^[^😀-🙏]$", ["🚀", "a"], ["😀"] },
        { "^[a😀]{2}$", ["a😀", "😀a", "😀😀"], ["a", "ab"] },
        { "^[😀-🙏-[😁]]$", ["😀"], ["😁"] },
        { "^[\uE000-😀]$", ["\uE000", "\uFFFD", "𐀀", "😀"], ["a", "😁"] },
        { "^[^a]$", ["😀", "b"], ["a", "😀😀"] },
        { "^(😀|b){2}c$", ["😀bc", "b😀c"], ["😀c"] },
        { "😀$", ["a😀"], ["😀a"] },
        { @"^\w+$", ["a😀b"], ["a_😀"] },
        { "^.{2}(😀|x){1,3}$", ["😀b😀x", "abx"], ["😀x"] },
        // Back-references.
        { @"^(a)\1$", ["aa"], ["a", "aaa"] },
        { @"^(a|b)\1$", ["aa", "bb"], ["ab"] },
        { @"^(.)(.)\2\1$", ["abba"], ["abab"] },
        { @"^(a)?b\1$", ["aba", "b"], ["ab"] },
        { @"^((a)|b)\2c$", ["aac", "bc"], ["ac"] },
        { @"^(a)\10$", ["aa0"], ["aa"] },
        { @"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10$", ["abcdefghijj"], ["abcdefghija0"] },
        { @"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\11$", ["abcdefghija1"], ["abcdefghijj"] },
        { @"('|"").*\1", ["'a'", "\"a\""], ["'a\""] },
        { @"^(\w+) \1$", ["ab ab"], ["ab ac"] },
        { @"^(😀|a)\1$", ["😀😀", "aa"], ["😀a"] },
        { @"^([^a])\1$", ["😀😀", "bb"], ["😀😁", "aa"] },
        { @"^(\p{L})-\1$", ["𝒳-𝒳", "x-x"], ["𝒳-x"] },
        { @"^(a*?)b\1$", ["aabaa", "b"], ["aaba"] },
    };

    /// <summary>What is no pattern, and a word of what is said about it.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { @"\b", "'\\b'" }, { @"\B", "word boundaries" }, { @"\A", "'^'" }, { @"\Z", "'$'" }, { @"\z", "'$'" }, { @"\G", "'\\G'" },
        { @"\x61", "'\\x'" }, { @"\u0061", "&#x61;" }, { @"\e", "'\\e'" }, { @"\a", "'\\a'" }, { @"\f", "'\\f'" }, { @"\v", "'\\v'" }, { @"\h", "'\\h'" },
        { @"\R", "'\\R'" }, { @"\Q.\E", "'\\Q'" }, { @"\k<n>", "'\\k'" }, { @"\cA\_", "'\\_'" }, { @"\ ", "escape" }, { @"\/", "'\\/'" }, { @"\""", "escape" },
        { @"\é", "escape" }, { @"\", "ends with a backslash" }, { @"a\", "character 3" },
        { "(?i)a", "'(?'" }, { "(?i:a)", "'(?'" }, { "(?x)a", "'(?'" }, { "(?<n>a)", "'(?'" }, { "(?#c)", "'(?'" }, { "(?=a)", "'(?'" }, { "(?!a)", "'(?'" }, { "(?:a)", "'(?'" }, { "(?>a)", "'(?'" },
        { "a{,3}", "{0,n}" }, { "a{}", "{0,n}" }, { "a{x}", "number" }, { "a{1", "'}'" }, { "a{1,", "comma" }, { "a{1,x}", "comma" }, { "a{3,2}", "upper bound" }, { "a{ 1}", "number" }, { "{1}", @"'\{'" }, { "a}", @"'\}'" }, { "a{1}}", @"'\}'" },
        { "a**", "repeat" }, { "a++", "repeat" }, { "a???", "repeat" }, { "a{1}{2}", @"'\{'" }, { "*a", "repeat" }, { "+", "repeat" }, { "?", "repeat" }, { "(*a)", "repeat" }, { "a|*", "repeat" },
        { "(", "without a ')'" }, { ")", "without a '('" }, { "(a", "without a ')'" }, { "a)", "without a '('" }, { "(a))", "without a '('" },
        { "[", "without a ']'" }, { "[a", "without a ']'" }, { "]", @"'\]'" }, { "a]", @"'\]'" }, { "[]", "without characters" }, { "[^]", "without characters" }, { "[]a]", "without characters" },
        { "[[:alpha:]]", @"'\['" }, { "[a-z&&[^b]]", "[a-z-[b]]" }, { "[a[b]]", @"'\['" }, { "[[a]]", @"'\['" },
        { "[z-a]", "wrong order" }, { "[🙏-😀]", "wrong order" }, { @"[a-\d]", "several characters" }, { @"[\d-a]", @"'\-'" }, { "[a-c-e]", @"'\-'" }, { "[--a]", @"'\-'" }, { "[+--]", @"'\-'" },
        { "[a-z-[b]c]", "behind" }, { "[-[a]]", @"'\['" }, { "[a-z-[b]", "']'" }, { "[a-z-[]]", "without characters" }, { @"[\1]", "in a class" }, { @"[\b]", "'\\b'" },
        { @"\p", "'{'" }, { @"\pL", "'{'" }, { @"\p{L", "'}'" }, { @"\p{}", "neither" }, { @"\p{Xx}", "neither" }, { @"\p{Cs}", "neither" }, { @"\p{LC}", "neither" }, { @"\p{^L}", "neither" }, { @"\p{IsNothing}", "neither" }, { @"\p{Latin}", "neither" }, { @"\p{isBasicLatin}", "neither" }, { @"\p{Greek}", "neither" },
        { @"\1", "group 1" }, { @"\0", "group 0" }, { @"(a)\2", "group 2" }, { @"(a\1)", "group 1" }, { @"\1(a)", "group 1" }, { @"(a)(b\2)", "group 2" },
        { "\uD83D", "half a character" }, { "[\uDE00]", "half a character" },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Should_match_as_XML_Schema_and_XPath_say(string pattern, string[] matches, string[] others)
    {
        var read = XPathPattern.Of(pattern);
        Assert.Null(read.Failure?.Message);
        Assert.All(matches, text => Assert.True(read.Value.IsMatch(text).Value, $"{pattern} should match {text}"));
        Assert.All(others, text => Assert.False(read.Value.IsMatch(text).Value, $"{pattern} should not match {text}"));
        // The way of text with characters beyond the basic plane must decide alike where there are none.
        var node = PatternParser.Parse(pattern).Pattern!;
        if (node.Parts.Any(part => part is BackReference)) return;
        var steps = new PatternProgram(node);
        Assert.All(matches, text => Assert.True(steps.IsMatch(text).Value, $"{pattern} should match {text}, step by step"));
        Assert.All(others, text => Assert.False(steps.IsMatch(text).Value, $"{pattern} should not match {text}, step by step"));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Should_refuse_what_is_no_pattern(string pattern, string why)
    {
        var failure = XPathPattern.Of(pattern).Failure;
        Assert.NotNull(failure);
        Assert.StartsWith($"'{pattern}' is not a pattern of XML Schema: it ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Equal(StatusCodes.ProcessingError, failure.Code);
    }

    [Fact]
    public void Should_refuse_what_is_larger_than_the_limits()
    {
        string Fault(string pattern) => XPathPattern.Of(pattern).Failure?.Message ?? "";
        Assert.Contains("which is the limit", Fault(new string('a', 10_001)), StringComparison.Ordinal);
        Assert.Contains("which is the limit", Fault("a{1,99999}"), StringComparison.Ordinal);
        Assert.Contains("which is the limit", Fault("(((a{1,99}){1,99}){1,99}){1,99}"), StringComparison.Ordinal);
        Assert.Contains("which is the limit", Fault("a{99999999999999999999}"), StringComparison.Ordinal);
        Assert.Contains("which is the limit", Fault("(){999999}"), StringComparison.Ordinal);
        Assert.Contains("which is the limit", Fault(new string('(', 101) + new string(')', 101)), StringComparison.Ordinal);
        Assert.Contains("the limit", Fault(string.Concat(Enumerable.Repeat("[a-z-", 30)) + "[a]" + new string(']', 30)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(a?){50}a{50}$")]
    public void Should_not_hang_on_patterns_that_repeat_what_repeats(string pattern)
    {
        var text = new string('a', 5_000);
        Assert.False(XPathPattern.Of(pattern).Value.IsMatch(text + "b").Value);
        Assert.False(XPathPattern.Of(pattern).Value.IsMatch(text + "😀").Value);
    }

    [Fact]
    public void Should_give_up_on_back_references_that_take_too_long() =>
        Assert.Equal(StatusCodes.LimitReached, XPathPattern.Of(@"^((a+)+)\1b$").Value.IsMatch(new string('a', 200)).Failure?.MinorCodes.Single());

    [Fact]
    public void Should_give_up_on_long_texts_beyond_the_basic_plane_that_take_too_many_steps() =>
        Assert.Equal(StatusCodes.LimitReached, XPathPattern.Of("(.?){4000}b").Value.IsMatch(string.Concat(Enumerable.Repeat("😀", 10_000))).Failure?.MinorCodes.Single());

    [Fact]
    public void Should_refuse_constant_patterns_at_load_and_answer_indeterminate_for_others()
    {
        var constant = Policies.Rule("Permit", Policies.Apply("string-regexp-match", Policies.Text("[[:alpha:]]") + Policies.Text("a")));
        Assert.Contains("is not a pattern of XML Schema", Assert.Single(Policies.Problems(Policies.Policy(constant))).Message, StringComparison.Ordinal);
        var open = Policies.Rule("Permit", Policies.Apply("any-of-any", $"<Function FunctionId='{FunctionTable.V1}string-regexp-match'/>" + Policies.Attribute("pattern") + Policies.Attribute("name")));
        var pdp = Policies.Load(Policies.Policy(open));
        Assert.Equal(Decision.Permit, pdp.Evaluate(Policies.Request(("pattern", "^.$"), ("name", "😀"))).Decision);
        var result = pdp.Evaluate(Policies.Request(("pattern", @"\bname\b"), ("name", "name")));
        Assert.Equal((Decision.Indeterminate, StatusCodes.ProcessingError), (result.Decision, result.StatusCode));
        Assert.Contains("no word boundaries", result.StatusMessage, StringComparison.Ordinal);
    }
}
