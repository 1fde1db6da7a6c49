using LatchLab.Experiments.Results;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>Sections of a report on the terminal: headings, sentences, tables.</summary>
internal static class SectionTables
{
    private const int Narrowest = 60;
    private const int Widest = 110;

    /// <summary>Prints them on standard output.</summary>
    public static void Print(IEnumerable<ReportSection> sections)
    {
        int columns = Math.Clamp(AnsiConsole.Profile.Width, Narrowest, Widest) - 1;
        foreach (ReportSection section in sections)
        {
            AnsiConsole.MarkupLine($"[bold]{Markup.Escape(section.Title)}[/]");
            foreach (string line in section.Paragraphs.SelectMany(text => HelpText.Wrapped(text, columns)))
                Console.Out.WriteLine(line);
            if (section.Table is { } data)
                AnsiConsole.Write(TableOf(data));
            Console.Out.WriteLine();
        }
    }

    private static Spectre.Console.Table TableOf(ReportTable data)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded);
        foreach (string column in data.Headings)
            table.AddColumn(Markup.Escape(column));
        foreach (IReadOnlyList<string> row in data.Rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        return table;
    }
}
