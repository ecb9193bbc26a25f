namespace Provisioning.Core.Pipeline;

/// <summary>What became of a first password at one identity provider.</summary>
/// <param name="IsSet">The account has it.</param>
/// <param name="Message">Why not, for people.</param>
public sealed record PasswordOutcome(bool IsSet, string? Message = null)
{
    public static readonly PasswordOutcome Set = new(true);

    public static readonly PasswordOutcome NotAwaited = new(false, "nobody waits for the account, and a password is not kept until it is made");

    public static readonly PasswordOutcome NotCreated = new(false, "the account was not made by this request");
}
