namespace Provisioning.Core.Users;

/// <summary>A person in our user store: one, however many service providers know the person.</summary>
/// <param name="Id">Our id, stable for ever; written to targets as the ownership marker.</param>
/// <param name="UserName">The name of the person for people: that of the registration whose word counts most.</param>
/// <param name="Registrations">What each service provider said, the oldest first; at least one.</param>
/// <param name="Version">Counts from 1 what changes the user, memberships included.</param>
public sealed record User(
    string Id,
    string UserName,
    IReadOnlyList<Registration> Registrations,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified)
{
    /// <summary>The person is known by the user name to service providers that match people by it. Of those, one person at a time has a name.</summary>
    public bool IsMatched { get; init; } = true;

    /// <summary>The service providers whose registrations this write makes or changes, the one that writes first.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>The registrations that this write changes or ends, as they were.</summary>
    public IReadOnlyList<Registration> Former { get; init; } = [];

    /// <summary>The service provider that ends its registration by this write; null otherwise.</summary>
    public string? EndedBy { get; init; }

    /// <summary>When to decide again because time has passed; null if time alone does not change what was decided.</summary>
    public DateTimeOffset? DecideAt { get; init; }

    public Registration? RegistrationAt(string serviceProvider) => Registrations.FirstOrDefault(x => x.ServiceProvider == serviceProvider);

    /// <summary>The same user with this registration in the place of the one that the service provider had, or behind the others.</summary>
    public User With(Registration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var name = registration.ServiceProvider;
        return this with
        {
            Registrations = RegistrationAt(name) is null ? [.. Registrations, registration] : [.. Registrations.Select(x => x.ServiceProvider == name ? registration : x)],
            Said = [.. Said, name],
            Former = RegistrationAt(name) is { } former ? [.. Former, former] : Former,
        };
    }

    /// <summary>The same user without the registration of a service provider.</summary>
    public User Without(string serviceProvider) => this with
    {
        Registrations = [.. Registrations.Where(x => x.ServiceProvider != serviceProvider)],
        EndedBy = serviceProvider,
        Former = RegistrationAt(serviceProvider) is { } former ? [.. Former, former] : Former,
    };
}
