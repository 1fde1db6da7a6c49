namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// A value of a row: a whole number, a number or a text; NULL for null and for a number that is not finite.
/// </summary>
internal readonly struct SqliteValue
{
    private static readonly object IntegerKind = new(), NumberKind = new();

    private readonly object? _textOrKind; // a row is copied often, so two words are enough for every kind
    private readonly long _bits;

    private SqliteValue(object? textOrKind, long bits) => (_textOrKind, _bits) = (textOrKind, bits);

    /// <summary>The whole number; null if the value is none.</summary>
    public long? Integer => ReferenceEquals(_textOrKind, IntegerKind) ? _bits : null;

    /// <summary>The number; NaN if the value is none.</summary>
    public double Number
        => ReferenceEquals(_textOrKind, NumberKind) ? BitConverter.Int64BitsToDouble(_bits) : double.NaN;

    /// <summary>The text; null if the value is none.</summary>
    public string? Text => _textOrKind as string;

    public static implicit operator SqliteValue(long value) => new(IntegerKind, value);

    public static implicit operator SqliteValue(double value)
        => double.IsFinite(value) ? new(NumberKind, BitConverter.DoubleToInt64Bits(value)) : default;

    public static implicit operator SqliteValue(string? value) => new(value, 0);
}
