namespace Provisioning.Core.Pipeline;

/// <summary>Tells the drain of an identity provider that something is due. Losing a call loses no work: a sweep finds it.</summary>
public interface IWakeUp
{
    void Wake(string identityProvider);
}
