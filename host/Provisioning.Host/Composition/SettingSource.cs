using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace Provisioning.Host.Composition;

/// <summary>
/// Where the settings of the host itself come from: the command line, else the environment (<c>PROVISIONING_PUBLIC_URL</c>), else <c>appsettings.json</c> beside the
/// executable (<c>"provisioning": { "publicUrl": … }</c>), else the default.
/// </summary>
internal sealed class SettingSource(Func<string, string?> environment, IConfiguration file)
{
    public const string FileName = "appsettings.json", Section = "provisioning";

    public static SettingSource OfThisMachine() => new(
        Environment.GetEnvironmentVariable, new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile(FileName, optional: true).Build());

    /// <summary>A setting that need not be made.</summary>
    /// <param name="name">As <c>--public-url</c>.</param>
    /// <param name="description">For people.</param>
    public Option<string?> Optional(string name, string description) => new(name) { Description = description, DefaultValueFactory = _ => Find(name) };

    /// <summary>A setting that has a value in any case.</summary>
    /// <param name="name">As <c>--urls</c>.</param>
    /// <param name="description">For people.</param>
    /// <param name="value">The default.</param>
    public Option<string> Option(string name, string description, string value) => new(name) { Description = description, DefaultValueFactory = _ => Find(name) ?? value };

    public static string VariableOf(string name) => "PROVISIONING_" + name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    public static string KeyOf(string name)
    {
        var words = name.TrimStart('-').Split('-');
        return words[0] + string.Concat(words.Skip(1).Select(x => char.ToUpperInvariant(x[0]) + x[1..]));
    }

    private string? Find(string name) => NotEmpty(environment(VariableOf(name))) ?? NotEmpty(file[$"{Section}:{KeyOf(name)}"]);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
