namespace Provisioning.Xacml;

/// <summary>Why something is Indeterminate.</summary>
/// <param name="Code">The XACML status code.</param>
/// <param name="Message">What went wrong, for people.</param>
public sealed record Failure(string Code, string Message)
{
    internal static readonly Failure DivisionByZero = Processing("division by zero") with { MinorCodes = [StatusCodes.DivisionByZero] };

    /// <summary>The attribute that is missing, if that is why.</summary>
    public MissingAttribute? Missing { get; init; }

    /// <summary>Codes that say more than <see cref="Code"/>, each qualifying the one before it. They are the nested status codes of responses.
    /// <value>The default value is none.</value></summary>
    public IReadOnlyList<string> MinorCodes { get; init; } = [];

    /// <summary>An error while evaluating.</summary>
    /// <param name="message">What went wrong.</param>
    /// <returns>The failure.</returns>
    public static Failure Processing(string message) => new(StatusCodes.ProcessingError, message);

    /// <summary>A value that does not have the form it should.</summary>
    /// <param name="message">What went wrong.</param>
    /// <returns>The failure.</returns>
    public static Failure Syntax(string message) => new(StatusCodes.SyntaxError, message);

    /// <summary>Something that takes more than it may.</summary>
    internal static Failure Limit(string message) => Processing(message) with { MinorCodes = [StatusCodes.LimitReached] };
}
