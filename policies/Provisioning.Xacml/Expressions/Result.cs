namespace Provisioning.Xacml;

/// <summary>What a function answers: a value, or why there is none. Both convert to it.</summary>
/// <typeparam name="T">The CLR type of the value.</typeparam>
public readonly struct Result<T>
{
    private Result(T value, Failure? failure)
    {
        Value = value;
        Failure = failure;
    }

    /// <summary>The value, unless there is a failure.</summary>
    public T Value { get; }

    /// <summary>Why there is no value; null if there is one.</summary>
    public Failure? Failure { get; }

    /// <summary>A value as a result.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A failure as a result.</summary>
    /// <param name="failure">The failure.</param>
    public static implicit operator Result<T>(Failure failure) => new(default!, failure);
}
