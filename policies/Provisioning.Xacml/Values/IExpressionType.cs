namespace Provisioning.Xacml;

/// <summary>The static type of an expression: a value of a data type, or a bag of them.</summary>
public interface IExpressionType
{
    /// <summary>The type of the value, or of each value in the bag.</summary>
    DataType Element { get; }

    /// <summary>Whether this is a bag.</summary>
    bool IsBag { get; }
}

/// <summary>The static type of an expression, with the CLR type of its values.</summary>
/// <typeparam name="T">The CLR type of a value, or <see cref="Bag{T}"/>.</typeparam>
public interface IExpressionType<T> : IExpressionType
{
    /// <summary>The value as a bag: of one, or as it is.</summary>
    internal Bag ToBag(T value);
}
