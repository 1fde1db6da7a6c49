using System.Globalization;

namespace LatchLab.Ledger;

/// <summary>What stands in a column of an export.</summary>
internal enum ColumnKind
{
    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Words.</summary>
    Text,
}

/// <summary>A column of an export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What stands in it.</param>
/// <param name="IsOptional">Whether something may be missing in it.</param>
internal sealed record ExportColumn(string Name, ColumnKind Kind, bool IsOptional = false)
{
    /// <summary>A column of numbers, of which any may not be known.</summary>
    public static ExportColumn Number(string name) => new(name, ColumnKind.Number, IsOptional: true);

    /// <summary>A column of whole numbers.</summary>
    public static ExportColumn Whole(string name) => new(name, ColumnKind.Whole);

    /// <summary>
    /// The column of a setting: of whole numbers if all its values are, of numbers if all are, and otherwise of texts.
    /// </summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="values">Its value in each cell; null where a cell has no such setting.</param>
    public static ExportColumn OfSetting(string name, IReadOnlyList<string?> values)
    {
        bool isOptional = values.Any(value => value is null);
        ColumnKind kind = values.All(value => value is null || IsWhole(value)) ? ColumnKind.Whole
            : values.All(value => value is null || IsNumber(value)) ? ColumnKind.Number
            : ColumnKind.Text;
        return new(name, kind, isOptional);
    }

    /// <summary>The whole number of a text of which <see cref="OfSetting"/> said that it is one.</summary>
    public static long WholeOf(string text)
        => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The number of a text of which <see cref="OfSetting"/> said that it is one.</summary>
    public static double NumberOf(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Written otherwise (007, +5) it may be a name.
    private static bool IsWhole(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number.ToString(CultureInfo.InvariantCulture) == text;

    private static bool IsNumber(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number);
}
