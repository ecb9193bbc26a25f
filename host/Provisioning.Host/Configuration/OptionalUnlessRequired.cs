using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NJsonSchema.Generation;

namespace Provisioning.Host.Configuration;

/// <summary>A setting must be written only if its author says so and it has no default.</summary>
internal sealed class OptionalUnlessRequired : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        var type = context.ContextualType.Type;
        var defaults = type.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(x => x.GetIndexParameters().Length == 0))
            if (!MustBeWritten(property, defaults))
                context.Schema.RequiredProperties.Remove(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
    }

    private static bool MustBeWritten(PropertyInfo property, object? defaults) =>
        property.IsDefined(typeof(RequiredMemberAttribute))
        || (property.IsDefined(typeof(RequiredAttribute)) && (defaults is null || property.GetValue(defaults) is null or ""));
}
