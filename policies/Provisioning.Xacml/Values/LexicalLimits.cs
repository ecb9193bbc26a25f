using System.Text.RegularExpressions;

namespace Provisioning.Xacml;

/// <summary>Says why a text is not taken for a value: because it is none, or because it is beyond a limit of this engine.</summary>
internal static partial class LexicalLimits
{
    public static string Fault(DataType type, string text)
    {
        var value = text.AsSpan().Trim(XmlLexical.Space).ToString();
        var limit = type == DataType.Integer && Whole().IsMatch(value) ? "a number of more than 1000 digits"
            : (type == DataType.Date || type == DataType.DateTime) && LongYear().IsMatch(value) ? "a year of more than 9 digits"
            : (type == DataType.DayTimeDuration && DayTime().IsMatch(value)) || (type == DataType.YearMonthDuration && YearMonth().IsMatch(value)) ? "a duration beyond two billion years"
            : null;
        return limit is null ? $"{Quoted.Of(text)} is not a valid {type.Name}" : $"{Quoted.Of(text)} is {limit}, which is the limit here";
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1000,}\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^-?[1-9][0-9]{9,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T[0-9:.]+)?(Z|[+-][0-9]{2}:[0-9]{2})?\z")]
    private static partial Regex LongYear();

    [GeneratedRegex(@"^-?P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?\z")]
    private static partial Regex DayTime();

    [GeneratedRegex(@"^-?P([0-9]+Y)?([0-9]+M)?\z")]
    private static partial Regex YearMonth();
}
