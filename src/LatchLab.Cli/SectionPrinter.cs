using LatchLab.Figures;
using LatchLab.Foundation;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>Prints the sections of a report on the terminal: headings, paragraphs, tables.</summary>
internal static class SectionPrinter
{
    /// <summary>Prints the sentences of a summary on standard output, one paragraph each.</summary>
    public static void PrintSummary(IEnumerable<SummarySentence> sentences)
    {
        foreach (SummarySentence sentence in sentences)
            PrintParagraph(sentence.Text);
        Console.Out.WriteLine();
    }

    /// <summary>
    /// Prints a paragraph, wrapped on a terminal; numbers with an exponent become powers of ten. Piped output has one
    /// line for each paragraph, so that other programs find whole sentences.
    /// </summary>
    public static void PrintParagraph(string text, int indentation = 0)
    {
        text = NumberFormat.Typeset(text);
        foreach (string line in Console.IsOutputRedirected ? [text]
            : HelpText.Wrap(text, CountColumns() - indentation))
            Console.Out.WriteLine(new string(' ', indentation) + line);
    }

    /// <summary>Whether the terminal shows a table without a break; piped output is not broken.</summary>
    public static bool Fits(ReportTable table)
        => 1 + Enumerable.Range(0, table.Headings.Count).Sum(
            column => 3 + table.Rows.Append(table.Headings).Max(row => row[column].Length)) <= CountColumns();

    /// <summary>Prints sections on standard output.</summary>
    public static void Print(IEnumerable<ReportSection> sections)
    {
        int columns = CountColumns();
        foreach (ReportSection section in sections)
        {
            AnsiConsole.MarkupLine($"[bold]{Markup.Escape(section.Title)}[/]");
            foreach (string paragraph in section.Paragraphs)
                PrintParagraph(paragraph);
            if (section.Table is { Rows.Count: 0 })
                Console.Out.WriteLine("(no rows)");
            else if (section.Table is { } table)
                Print(Typeset(table), columns);
            Console.Out.WriteLine();
        }
    }

    private static void Print(ReportTable table, int columns)
    {
        if (MeasureMinWidth(table) <= columns)
            Write(CreateTable(table.Headings, table.Rows));
        else
            PrintRows(table, columns);
    }

    private static ReportTable Typeset(ReportTable table) => table with
    {
        Headings = [.. table.Headings.Select(NumberFormat.Typeset)],
        Rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(NumberFormat.Typeset)])],
    };

    /// <summary>Writes a table with any number of columns, in piped output as wide as its cells.</summary>
    public static void Write(Spectre.Console.Table table)
    {
        int columns = AnsiConsole.Profile.Width;
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = short.MaxValue;
        AnsiConsole.Write(table);
        AnsiConsole.Profile.Width = columns;
    }

    /// <summary>Creates a table of plain texts.</summary>
    public static Spectre.Console.Table CreateTable(
        IEnumerable<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded);
        foreach (string heading in headings)
            table.AddColumn(Markup.Escape(heading));
        foreach (IReadOnlyList<string> row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        return table;
    }

    private static int CountColumns()
        => Console.IsOutputRedirected ? int.MaxValue : HelpText.LimitColumns(AnsiConsole.Profile.Width);

    /// <summary>The smallest width of a table in columns that breaks no word and no vector.</summary>
    private static int MeasureMinWidth(ReportTable data)
        => 1 + Enumerable.Range(0, data.Headings.Count).Sum(column =>
            3 + Math.Max(MeasureLongestWord(data.Headings[column]),
                data.Rows.Max(row => MeasureLongestWord(row[column]))));

    private static int MeasureLongestWord(string cell)
        => cell.StartsWith('(') || cell.StartsWith('|') ? cell.Length : cell.Split(' ').Max(word => word.Length);

    /// <summary>Prints a wide table row by row, one line for each cell.</summary>
    private static void PrintRows(ReportTable data, int columns)
    {
        int left = data.Headings.Max(heading => heading.Length) + 2;
        foreach (IReadOnlyList<string> row in data.Rows)
        {
            Console.Out.WriteLine();
            for (int column = 0; column < row.Count; column++)
            {
                foreach (string line in HelpText.FormatRow("  " + data.Headings[column], row[column], left + 2,
                    columns))
                    Console.Out.WriteLine(line);
            }
        }
    }
}
