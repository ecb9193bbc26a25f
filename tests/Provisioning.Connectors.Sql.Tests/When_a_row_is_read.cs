using System.Data;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class When_a_row_is_read
{
    [Theory]
    [InlineData("title", """{"title":"x"}""")]
    [InlineData("name.givenName", """{"name":{"givenName":"x"}}""")]
    [InlineData("urn:x:2.0:User:desk", """{"urn:x:2.0:User":{"desk":"x"}}""")]
    [InlineData("urn:x:2.0:User.desk", """{"urn:x:2.0:User":{"desk":"x"}}""")]
    public void Should_put_a_column_where_a_mapping_has_it(string column, string expected)
    {
        using var table = new DataTable { Columns = { "id", column }, Rows = { new object[] { "1", "x" } } };
        using var reader = table.CreateDataReader();
        Assert.True(reader.Read());
        var account = SqlRow.Read(reader).ToAccount(new SqlObject("users", new SqlUserSettings(), enabledColumn: null));
        Assert.Equal(expected, account.Attributes.ToJsonString());
    }
}
