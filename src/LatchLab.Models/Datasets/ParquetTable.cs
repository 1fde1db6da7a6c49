using System.Globalization;
using System.Numerics;
using LatchLab.Files;
using LatchLab.Foundation;
using Parquet;
using Parquet.Schema;

namespace LatchLab.Models.Datasets;

/// <summary>
/// An Apache Parquet file as a table: columns of numbers, booleans or text. One group of rows at a time is in memory.
/// </summary>
internal sealed class ParquetTable : ITable
{
    private readonly string _path;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private Column[] _columns = [];   // of the current group
    private int _group;               // index of the next group
    private int _row, _rowCount;      // in the current group

    /// <summary>Opens a file and reads its schema.</summary>
    /// <exception cref="ValidationException">The file cannot be read, or has columns of other types.</exception>
    public ParquetTable(string path)
    {
        _path = path;
        FileStream file = InputFile.Open(path);
        try
        {
            _reader = Read(() => ParquetReader.CreateAsync(file, leaveStreamOpen: false).GetAwaiter().GetResult());
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _fields = _reader.Schema.DataFields;
        Header = [.. _fields.Select(field => field.Path.ToString())];
        ValidationError[] errors = [.. _fields.Where(field => field.MaxRepetitionLevel > 0 || GetReader(field) is null)
            .Select(field => new ValidationError(path, Escape.Text(field.Name),
                "is a column of lists or of another type; numbers, booleans and text are read"))];
        if (errors.Length == 0)
            return;
        Dispose();
        throw new ValidationException(errors);
    }

    public IReadOnlyList<string> Header { get; }

    public int Line { get; private set; }

    public bool HasSkippedRow => false;

    public string RowName => "row";

    public string TrailingColumnHint => "remove it";

    public string Format => "Parquet";

    public double ReadShare => (double)_group / Math.Max(1, _reader.RowGroupCount);

    public ReadOnlySpan<char> this[int column] => _columns[column].GetText(_row);

    public bool MoveNext()
    {
        _row++;
        while (_row >= _rowCount)
        {
            if (_group == _reader.RowGroupCount)
                return false;
            Read(ReadGroup);
        }

        Line++;
        return true;
    }

    public bool TryGetDouble(int column, out double number)
    {
        if (_columns[column].Numbers is not { } numbers)
            return TryParse(this[column], Line, out number);
        number = numbers[_row];
        return double.IsFinite(number);
    }

    public bool TryParse(ReadOnlySpan<char> text, int line, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);

    public string? DescribeDecimalSign(string text) => null;

    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private bool ReadGroup()
    {
        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(_group++);
        (_row, _rowCount) = (0, checked((int)group.RowCount));
        _columns = [.. _fields.Select(field => GetReader(field)!(group, field, _rowCount).GetAwaiter().GetResult())];
        return true;
    }

    /// <summary>Reads a part of the file; whatever the library finds wrong in it is a damaged file.</summary>
    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ValidationException(_path, "", "is no Parquet file, or is damaged");
        }
    }

    private static Func<ParquetRowGroupReader, DataField, int, Task<Column>>? GetReader(DataField field)
        => Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => ReadNumbers<double>,
            TypeCode.Single => ReadNumbers<float>,
            TypeCode.Decimal => ReadNumbers<decimal>,
            TypeCode.Int64 => ReadNumbers<long>,
            TypeCode.UInt64 => ReadNumbers<ulong>,
            TypeCode.Int32 => ReadNumbers<int>,
            TypeCode.UInt32 => ReadNumbers<uint>,
            TypeCode.Int16 => ReadNumbers<short>,
            TypeCode.UInt16 => ReadNumbers<ushort>,
            TypeCode.SByte => ReadNumbers<sbyte>,
            TypeCode.Byte => ReadNumbers<byte>,
            TypeCode.Boolean => ReadBooleans,
            _ => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>) ? ReadTexts : null,
        };

    private static async Task<Column> ReadNumbers<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct, INumber<T>
    {
        T?[] values = await ReadValues<T>(group, field, rows);
        return new(
            row => values[row]?.ToString(null, CultureInfo.InvariantCulture) ?? "",
            [.. values.Select(value => value is { } number ? double.CreateChecked(number) : double.NaN)]);
    }

    private static async Task<Column> ReadBooleans(ParquetRowGroupReader group, DataField field, int rows)
    {
        bool?[] values = await ReadValues<bool>(group, field, rows);
        return new(
            row => values[row] is { } value ? value ? "1" : "0" : "",
            [.. values.Select(value => value is { } number ? number ? 1.0 : 0.0 : double.NaN)]);
    }

    private static async Task<T?[]> ReadValues<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        var values = new T?[rows];
        if (field.IsNullable)
        {
            await group.ReadAsync<T>(field, values.AsMemory());
            return values;
        }

        var required = new T[rows];
        await group.ReadAsync<T>(field, required.AsMemory());
        return [.. required.Select(value => (T?)value)];
    }

    private static async Task<Column> ReadTexts(ParquetRowGroupReader group, DataField field, int rows)
    {
        var texts = new string[rows];
        await group.ReadAsync(field, texts);
        return new(row => (texts[row] ?? "").Trim(), null);
    }

    /// <summary>A column of a group; its numbers are null if it is text, and NaN where they are missing.</summary>
    private sealed record Column(Func<int, string> GetText, double[]? Numbers);
}
