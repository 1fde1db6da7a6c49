using System.Globalization;
using LatchLab.Foundation;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// The column of a setting. Its type is the narrowest that fits all values: whole numbers, numbers or text.
/// </summary>
internal sealed class SettingColumn
{
    private readonly string?[] _values; // [configuration]
    private readonly long[] _integers;
    private readonly double[] _numbers;

    /// <summary>Determines the type of the column from the values.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="values">[configuration]: the value as the user writes it; null if the setting is missing.</param>
    public SettingColumn(string name, string?[] values)
    {
        _values = values;
        _integers = new long[values.Length];
        _numbers = new double[values.Length];
        bool areIntegers = true, areNumbers = true;
        for (int configuration = 0; configuration < values.Length; configuration++)
        {
            if (values[configuration] is not { } value)
                continue;
            areIntegers = areIntegers && TryParseInt64(value, out _integers[configuration]);
            areNumbers = areNumbers && NumberFormat.TryParseFinite(value, out _numbers[configuration]);
        }

        ColumnType kind = areIntegers ? ColumnType.Int64 : areNumbers ? ColumnType.Double : ColumnType.String;
        Column = new(name, kind, IsNullable: values.Contains(null));
    }

    /// <summary>The column of the export.</summary>
    public ExportColumn Column { get; }

    /// <summary>Writes the value of a configuration.</summary>
    public void Write(IRowWriter rows, int configuration)
    {
        if (_values[configuration] is not { } text)
            rows.WriteNull();
        else if (Column.Type == ColumnType.Int64)
            rows.WriteInt64(_integers[configuration]);
        else if (Column.Type == ColumnType.Double)
            rows.WriteDouble(_numbers[configuration]);
        else
            rows.WriteString(text);
    }

    // A number in another form (007, +5) may be a name.
    private static bool TryParseInt64(string text, out long number)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number.ToString(CultureInfo.InvariantCulture) == text;
}
