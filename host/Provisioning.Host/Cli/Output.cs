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

        // Nobody wants a table broken at the width of a terminal that is not there.
        var width = Console.IsOutputRedirected ? WhenRedirected : AnsiConsole.Profile.Width;
        Write(Rows(items, columns), Math.Max(width, NeededWidth(items, columns)));
    }

    public static void Facts(params (string Name, string? Value)[] facts)
    {
        var grid = new Grid().AddColumns(2);
        foreach (var (name, value) in facts.Where(x => !string.IsNullOrEmpty(x.Value)))
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(CellText.Of(value), Colour(value)));
        Write(grid, Console.IsOutputRedirected ? WhenRedirected : AnsiConsole.Profile.Width);
    }

    /// <summary>A number with its noun: 1 user, 2 users.</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    internal static Table Rows(JsonArray items, (string Heading, string Property)[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (heading, property) in columns)
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))) { NoWrap = CellText.IsWhole(property) });
        foreach (var item in items.OfType<JsonObject>())
            table.AddRow(columns.Select(x => new Text(CellText.Of(item[x.Property]?.ToString()), Colour(item[x.Property]?.ToString()))));
        return table;
    }

    /// <summary>What a table needs so that no id is broken: a terminal breaks the whole line instead, and the id can be copied.</summary>
    internal static int NeededWidth(JsonArray items, (string Heading, string Property)[] columns) => columns.Sum(
        column => 3 + (CellText.IsWhole(column.Property)
            ? items.OfType<JsonObject>().Max(x => CellText.Of(x[column.Property]?.ToString()).Length)
            : column.Heading.Split(' ').Max(x => x.Length)));

    private static Style Colour(string? value) => value switch
    {
        "done" or "ready" or "approved" or "complete" or "granted" => new Style(Color.Green),
        "pending" or "held" or "leaving" or "undecided" => new Style(Color.Yellow),
        "parked" or "incomplete" or "suspicious" or "tampered" or "loadFailed" or "faulted" or "refused" => new Style(Color.Red),
        _ => Style.Plain,
    };

    private static void Write(Spectre.Console.Rendering.IRenderable renderable, int width)
    {
        AnsiConsole.Profile.Width = width;
        AnsiConsole.Write(renderable);
    }
}
