namespace Provisioning.Core.Users;

/// <summary>Another user or group has this name already. Nothing was changed.</summary>
public sealed class DuplicateNameException(string name) : Exception($"'{name}' is in use already")
{
    public string Name { get; } = name;
}
