using System.Text;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Text in queries.</summary>
internal static class Soql
{
    /// <summary>A literal that means nothing but itself.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'", text.Length + 2);
        foreach (var letter in text)
        {
            quoted.Append(letter switch
            {
                '\\' => "\\\\",
                '\'' => "\\'",
                '\n' => "\\n",
                '\r' => "\\r",
                _ => letter.ToString(),
            });
        }

        return quoted.Append('\'').ToString();
    }

    public static string In(IEnumerable<string> values) => $"IN ({string.Join(',', values.Select(Quote))})";
}
