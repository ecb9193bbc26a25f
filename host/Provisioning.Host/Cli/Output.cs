using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Provisioning.Host.Cli;

/// <summary>How commands show what the host answers: tables for people, JSON for programs.</summary>
internal static class Output
{
    private const int WhenRedirected = 400;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<bool> JsonOption() => new("--json") { Description = "Print JSON instead." };

    public static void Json(JsonNode node) => Console.WriteLine(node.ToJsonString(Indented));

    /// <param name="columns">Heading and property of each column.</param>
    public static void Rows(JsonArray items, string whenEmpty, params (string Heading, string Property)[] columns)
    {
        if (items.Count == 0)
        {
            Console.WriteLine(whenEmpty);
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns([.. columns.Select(x => new TableColumn(new Text(x.Heading, new Style(decoration: Decoration.Bold))))]);
        foreach (var item in items.OfType<JsonObject>())
            table.AddRow(columns.Select(x => new Text(item[x.Property]?.ToString() ?? "", Colour(item[x.Property]?.ToString()))));
        Write(table);
    }

    public static void Facts(params (string Name, string? Value)[] facts)
    {
        var grid = new Grid().AddColumns(2);
        foreach (var (name, value) in facts.Where(x => !string.IsNullOrEmpty(x.Value)))
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value!, Colour(value)));
        Write(grid);
    }

    private static Style Colour(string? value) => value switch
    {
        "done" or "ready" or "approved" or "complete" => new Style(Color.Green),
        "pending" or "held" => new Style(Color.Yellow),
        "parked" or "incomplete" or "suspicious" or "tampered" or "loadFailed" or "faulted" => new Style(Color.Red),
        _ => Style.Plain,
    };

    private static void Write(Spectre.Console.Rendering.IRenderable renderable)
    {
        // Nobody wants a table broken at the width of a terminal that is not there.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WhenRedirected;
        AnsiConsole.Write(renderable);
    }
}
