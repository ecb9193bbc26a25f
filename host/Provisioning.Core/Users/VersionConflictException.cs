namespace Provisioning.Core.Users;

/// <summary>The user or group changed since it was read. Nothing was changed.</summary>
public sealed class VersionConflictException(string id) : Exception($"'{id}' was changed by somebody else in between; read it again");
