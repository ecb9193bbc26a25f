namespace Provisioning.Convergence.Tests;

/// <summary>What goes wrong with one request at the target.</summary>
public enum TargetFault
{
    /// <summary>503, nothing done.</summary>
    Refuses,

    /// <summary>502 with a page of HTML, nothing done.</summary>
    HtmlError,

    /// <summary>Never answers, nothing done.</summary>
    Hangs,

    /// <summary>Begins to answer and goes no further; it is done.</summary>
    Drips,

    /// <summary>Closes the connection, nothing done.</summary>
    DropsBefore,

    /// <summary>Closes the connection, and it is done.</summary>
    DropsAfter,

    /// <summary>200 with something that is no JSON, and it is done.</summary>
    AnswersGarbage,

    /// <summary>429 with a number of seconds.</summary>
    ThrottlesForSeconds,

    /// <summary>429 with a date.</summary>
    ThrottlesUntilDate,

    /// <summary>429 and no word on how long.</summary>
    ThrottlesSilently,

    /// <summary>429 with the time of the reset.</summary>
    ThrottlesUntilReset,

    /// <summary>Does half of what a request asks for and answers 500.</summary>
    DoesHalf,

    /// <summary>The answer breaks off: a list is shorter than it says, anything else ends in its middle; it is done.</summary>
    Truncates,

    /// <summary>Closes the connection, it is done, and what is read for a while is as it was before.</summary>
    LagsBehind,

    /// <summary>409, nothing done.</summary>
    Conflicts,

    /// <summary>401, nothing done.</summary>
    RefusesCredentials,
}
