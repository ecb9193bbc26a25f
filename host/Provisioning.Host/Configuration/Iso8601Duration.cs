using System.Xml;

namespace Provisioning.Host.Configuration;

/// <summary>Durations as <c>PT30S</c>, <c>P3D</c>, which are not negative.</summary>
internal static class Iso8601Duration
{
    /// <exception cref="FormatException">The text is none; the message has it.</exception>
    public static TimeSpan Parse(string text)
    {
        try
        {
            if (XmlConvert.ToTimeSpan(text) is var value && value >= TimeSpan.Zero)
                return value;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            // As wrong as a negative one.
        }

        throw new FormatException(Problem(text));
    }

    public static bool IsValid(string text)
    {
        try
        {
            Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public static string Problem(string text) => $"'{text}' is no ISO 8601 duration; write for example PT30S or P3D";
}
