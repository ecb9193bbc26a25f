using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

internal sealed record UserPage(IReadOnlyList<User> Users, long Total);
