namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// A value of a row, of a table or of an export: a whole number, a number or a text. A number that is not finite, and
/// null, are stored as NULL.
/// </summary>
internal readonly struct SqliteValue
{
    private SqliteValue(long? integer, double number, string? text)
        => (Integer, Number, Text) = (integer, number, text);

    /// <summary>The whole number; null if the value is none.</summary>
    public long? Integer { get; }

    /// <summary>The number; NaN if the value is none.</summary>
    public double Number { get; }

    /// <summary>The text; null if the value is none.</summary>
    public string? Text { get; }

    public static implicit operator SqliteValue(long value) => new(value, double.NaN, null);

    public static implicit operator SqliteValue(double value) => new(null, value, null);

    public static implicit operator SqliteValue(string? value) => new(null, double.NaN, value);
}
