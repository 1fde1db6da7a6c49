using System.Globalization;
using LatchLab.Figures;

namespace LatchLab.Paper.Experiments;

/// <summary>The columns of a table: the name of each, and its cell in a row, which is a text or a number.</summary>
internal sealed class TableColumns<TRow>(params (string Name, Func<TRow, object> GetCell)[] columns)
{
    /// <summary>Creates the table of some rows.</summary>
    public Table CreateTable(IEnumerable<TRow> rows)
        => new(
            [.. columns.Select(column => column.Name)],
            [.. rows.Select(row => columns.Select(column => Format(column.GetCell(row))).ToList())]);

    private static string Format(object cell) => cell switch
    {
        double number => Table.FormatNumber(number),
        string text => text,
        _ => Table.FormatInteger(Convert.ToInt64(cell, CultureInfo.InvariantCulture)),
    };
}
