using System.Runtime.CompilerServices;
using Provisioning.Core.Configuration;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Pipeline;

/// <summary>One compiled mapping for each configured identity provider; gone with its configuration.</summary>
internal sealed class MappingCache
{
    private readonly ConditionalWeakTable<IdentityProvider, AttributeMapping> _mappings = [];

    public AttributeMapping For(IdentityProvider provider) => _mappings.GetValue(provider, x => AttributeMapping.Compile(x.Mapping));
}
