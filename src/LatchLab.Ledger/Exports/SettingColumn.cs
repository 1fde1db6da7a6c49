using System.Globalization;

namespace LatchLab.Ledger;

/// <summary>
/// The column of a setting: of whole numbers if all its values are, of numbers if all are, and otherwise of texts.
/// </summary>
internal sealed class SettingColumn
{
    private readonly string?[] texts; // [cell]
    private readonly long[] wholes;
    private readonly double[] numbers;

    /// <summary>Looks at the values.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="values">[cell]: as a user would write it; null where a cell has no such setting.</param>
    public SettingColumn(string name, string?[] values)
    {
        texts = values;
        wholes = new long[values.Length];
        numbers = new double[values.Length];
        bool areWhole = true, areNumbers = true;
        for (int cell = 0; cell < values.Length; cell++)
        {
            if (values[cell] is not { } value)
                continue;
            areWhole = areWhole && IsWhole(value, out wholes[cell]);
            areNumbers = areNumbers && IsNumber(value, out numbers[cell]);
        }

        ColumnKind kind = areWhole ? ColumnKind.Whole : areNumbers ? ColumnKind.Number : ColumnKind.Text;
        Column = new(name, kind, IsOptional: values.Contains(null));
    }

    /// <summary>What stands in it.</summary>
    public ExportColumn Column { get; }

    /// <summary>Writes the value of a cell.</summary>
    public void Write(IRowWriter rows, int cell)
    {
        if (texts[cell] is not { } text)
            rows.Missing();
        else if (Column.Kind == ColumnKind.Whole)
            rows.Whole(wholes[cell]);
        else if (Column.Kind == ColumnKind.Number)
            rows.Number(numbers[cell]);
        else
            rows.Text(text);
    }

    // Written otherwise (007, +5) it may be a name.
    private static bool IsWhole(string text, out long number)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number.ToString(CultureInfo.InvariantCulture) == text;

    private static bool IsNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
}
