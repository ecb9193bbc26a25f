using Spectre.Console;
using Spectre.Console.Rendering;

namespace Provisioning.Host.Cli;

/// <summary>How many a second, beside a progress bar.</summary>
internal sealed class RateColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is { } speed ? $"{speed:F0}/s" : "");
}
