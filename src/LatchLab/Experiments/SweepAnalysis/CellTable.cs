using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.SweepAnalysis;

/// <summary>The cells of a sweep as rows: what distinguishes them, and every quantity with its interval.</summary>
/// <param name="results">All results.</param>
internal sealed class CellTable(SweepResults results)
{
    // A page with more rows is no page any more; the file has them all.
    private const int MostRows = 200;

    private static readonly string[] Ends = ["", "_lower_95", "_upper_95"];

    private readonly IReadOnlyList<Quantity> shown = Quantity.Standard(results);
    private readonly bool hasParts = results.Layout.Parts.Count > 1;

    // What differs from part to part is in the name of the part; the file has every setting that varies.
    private readonly string[] onAxes =
        [.. results.Layout.Parts.SelectMany(part => part.Axes).SelectMany(axis => axis.Fields).Distinct()];

    /// <summary>The fields whose value is not the same in all cells, in the order of the cells' settings.</summary>
    public IReadOnlyList<string> Varied { get; } =
    [
        .. results.Cells.SelectMany(cell => cell.Settings).GroupBy(setting => setting.Field)
            .Where(field => field.Count() < results.Cells.Count
                || field.Select(setting => setting.Value).Distinct().Count() > 1)
            .Select(field => field.Key),
    ];

    /// <summary>The rows of a part, with every digit.</summary>
    public Table OfPart(int part)
    {
        (int first, IReadOnlyList<CellResult> cells) = results.OfPart(part);
        return new(Columns, [.. cells.Select((cell, i) => Row(part, first + i, cell))]);
    }

    /// <summary>All rows, and as many of them as a page has room for.</summary>
    public ReportSection Section()
    {
        var data = new Table(
            Columns, [.. Enumerable.Range(0, results.Layout.Parts.Count).SelectMany(part => OfPart(part).Rows)]);
        string[] headings =
        [
            "cell",
            .. hasParts ? (string[])["part"] : [],
            .. onAxes.Select(AxisRoles.Plain),
            "trials",
            .. shown.Select(quantity => quantity.Name),
        ];
        return new("cells", "Cells", [.. shown.Select(quantity => quantity.Note)])
        {
            Table = new(
                headings,
                [.. results.Cells.Take(MostRows).Select((cell, i) => (string[])
                [
                    Table.Count(i),
                    .. hasParts ? (string[])[results.PartOf(i).Name] : [],
                    .. onAxes.Select(field => AxisRoles.Short(cell[field] ?? "")),
                    Table.Count(cell.Totals.Trials),
                    .. shown.Select(quantity => Shown(quantity.Of(cell))),
                ])],
                data),
            Note = results.Cells.Count > MostRows
                ? FormattableString.Invariant($"The first {MostRows} of {results.Cells.Count:N0}; the file has all.")
                : "",
        };
    }

    /// <summary>A quantity as people read it.</summary>
    public static string Shown(Estimate estimate)
    {
        if (double.IsNaN(estimate.Value))
            return "–";
        string value = (estimate.IsCensored ? "> " : "") + Digits(estimate.Value);
        return estimate.Lower == estimate.Upper
            ? value
            : $"{value} [{Digits(estimate.Lower)}, {(double.IsFinite(estimate.Upper) ? Digits(estimate.Upper) : "∞")}]";
    }

    private IReadOnlyList<string> Columns =>
    [
        "part", "cell", .. Varied.Select(Column), "trials", .. Enum.GetValues<Ending>().Select(
            ending => Column(Settings.InWords(ending))),
        .. Quantity.All.SelectMany(quantity => Ends.Select(end => Column(quantity.Name) + end)),
        "presentations_that_taught", "presentations_that_judged",
    ];

    private static string Column(string name) => name.Replace('-', '_').Replace('.', '_');

    private static string Digits(double number)
        => number.ToString(
            Math.Abs(number) >= 1.0 ? "#,0.##" : "0.000", System.Globalization.CultureInfo.InvariantCulture);

    private string[] Row(int part, int number, CellResult cell) =>
    [
        results.Layout.Parts[part].Name,
        Table.Count(number),
        .. Varied.Select(field => cell[field] ?? ""),
        Table.Count(cell.Totals.Trials),
        .. Enum.GetValues<Ending>().Select(ending => Table.Count(cell.Totals[ending])),
        .. Quantity.All.SelectMany(quantity => Numbers(quantity.Of(cell))),
        Table.Count(cell.Totals.Presentations),
        Table.Count(cell.Totals.JudgingPresentations),
    ];

    private static IEnumerable<string> Numbers(Estimate estimate)
        => [
            Table.Number(estimate.IsCensored ? double.PositiveInfinity : estimate.Value),
            Table.Number(estimate.Lower),
            Table.Number(estimate.Upper),
        ];
}
