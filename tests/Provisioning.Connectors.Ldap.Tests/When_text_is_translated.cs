namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>What no server here can be made to say: names, filters, ranges and ids of other directories.</summary>
public sealed class When_text_is_translated
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b+c\"d\\e<f>g;h=i", "a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h\\=i")]
    [InlineData("#x", "\\#x")]
    [InlineData("x#", "x#")]
    [InlineData(" x ", "\\ x\\ ")]
    [InlineData("\0\n", "\\00\\0a")]
    public void Should_escape_names_and_read_them_back(string value, string escaped)
    {
        Assert.Equal(escaped, Dn.Escape(value));
        var dn = Dn.Of("cn", value, "ou=x,dc=y");
        Assert.Equal(value, Dn.FirstValue(dn));
        Assert.Equal("ou=x,dc=y", Dn.Parent(dn));
    }

    [Fact]
    public void Should_read_names_in_the_notation_of_servers() => Assert.Equal("Dôe, J", Dn.FirstValue("cn=D\\C3\\B4e\\2C J,dc=x"));

    [Theory]
    [InlineData("ou=a, dc=b", "OU=A,DC=B", true)]
    [InlineData("ou=a\\2Cb,dc=b", "ou=a\\,b,dc=b", true)]
    [InlineData("ou=a,dc=b", "ou=a,dc=c", false)]
    public void Should_compare_names_by_meaning(string a, string b, bool same) => Assert.Equal(same, Dn.Same(a, b));

    [Fact]
    public void Should_take_nothing_in_a_filter_for_syntax() => Assert.Equal("(cn=\\2a\\28\\29\\5c\\00é)", LdapFilter.Equal("cn", "*()\\\0é"));

    [Fact]
    public void Should_address_a_GUID_by_the_bytes_that_Active_Directory_stores()
    {
        var settings = LdapDefaults.Apply(new LdapSettings { Directory = DirectoryKind.ActiveDirectory, Users = { Base = "dc=x" } });
        var kind = new EntryKind(settings, settings.Users, "userName", disable: null, members: null);
        Assert.Equal(
            "(objectGUID=\\33\\22\\11\\00\\55\\44\\77\\66\\88\\99\\aa\\bb\\cc\\dd\\ee\\ff)", kind.IdFilter("00112233-4455-6677-8899-aabbccddeeff"));
        Assert.Null(kind.IdFilter("not-a-guid"));
    }

    [Fact]
    public void Should_read_a_large_attribute_in_ranges()
    {
        var asked = new List<string>();
        var all = RangedValues.ReadAll("member", wanted =>
        {
            asked.Add(wanted);
            return asked.Count switch
            {
                1 => Answer(("member", []), ("member;range=0-2", ["a", "b", "c"])),
                2 => Answer(("member;range=3-5", ["d", "e", "f"])),
                _ => Answer(("member;range=6-*", ["g"])),
            };
        });
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], all);
        Assert.Equal(["member", "member;range=3-*", "member;range=6-*"], asked);
    }

    [Fact]
    public void Should_notice_a_range_that_leaves_a_gap() => Assert.Throws<ConnectorException>(
        () => RangedValues.ReadAll("member", _ => Answer(("member;range=0-2", ["a", "b"]))));

    [Fact]
    public void Should_read_a_definition_of_the_schema()
    {
        var definition = SchemaDefinition.Parse(
            "( 2.5.6.9 NAME 'groupOfNames' DESC 'RFC2256: a group of names (DNs)' SUP top STRUCTURAL MUST ( member $ cn ) MAY ( owner $ o ) )");
        Assert.Equal(["groupOfNames"], definition.Names);
        Assert.Equal(["member", "cn"], definition["MUST"]);
        Assert.Equal(["owner", "o"], definition["MAY"]);
        Assert.Equal(["top"], definition["SUP"]);
        Assert.True(definition.Has("STRUCTURAL"));
    }

    private static Dictionary<string, IReadOnlyList<string>> Answer(params (string Name, string[] Values)[] attributes) =>
        attributes.ToDictionary(a => a.Name, a => (IReadOnlyList<string>)a.Values, StringComparer.OrdinalIgnoreCase);
}
