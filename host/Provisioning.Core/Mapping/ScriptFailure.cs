using System.Globalization;
using System.Text.RegularExpressions;
using Jint.Runtime;

namespace Provisioning.Core.Mapping;

/// <summary>Why an expression gave nothing for a user, in a sentence.</summary>
internal static class ScriptFailure
{
    public static string Explain(Exception exception) => exception switch
    {
        RegexMatchTimeoutException => "has a regular expression that takes too long for this user",
        TimeoutException => $"takes longer than {ScriptEngine.TimeLimit.TotalSeconds} s",
        MemoryLimitExceededException => $"needs more than {ScriptEngine.MostBytes / 1_000_000} MB of memory",
        StatementsCountOverflowException => string.Create(CultureInfo.InvariantCulture, $"takes more than {ScriptEngine.MostStatements:N0} steps"),
        RecursionDepthOverflowException => "has functions that call each other too often",
        ScriptFault => exception.Message,
        _ => $"fails for this user: {exception.Message}",
    };
}
