using System.Globalization;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Reads the sequences of a table for a network that is already trained, one after another: the file may exceed
/// memory. It finds the inputs by their names; the labels may be missing, and other columns are ignored.
/// </summary>
public sealed class RawSequenceReader : IDisposable
{
    private const int MaximumShownErrors = 10;

    private readonly string _path;
    private readonly ValidationErrors _errors;
    private readonly ITable _file;
    private readonly NetworkData _data;
    private readonly int _sequenceColumn;
    private readonly int _stepColumn;
    private readonly int[] _inputColumns;
    private readonly int[] _labelColumns;
    private readonly SequenceAttributes _labels;
    private readonly HashSet<string> _names = [];

    /// <summary>Opens a file and finds its columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The columns of the network.</param>
    /// <param name="isSequenceOptional">Whether the rows of a file without names are one sequence.</param>
    /// <exception cref="ValidationException">The file cannot be read, or has no column of an input.</exception>
    public RawSequenceReader(string path, NetworkData data, bool isSequenceOptional = false)
    {
        (_path, _data) = (path, data);
        _errors = new(path) { MaximumShown = MaximumShownErrors };
        _file = CsvDatasetSource.OpenTable(path, _errors);
        try
        {
            var errors = new List<ValidationError>();
            var columns = new ColumnResolver(_file, path, new DatasetTask(), errors);
            _sequenceColumn = columns.Sequence;
            if (!isSequenceOptional)
                columns.RequireSequence();
            _stepColumn = columns.Find(DatasetTask.DefaultStep);
            _inputColumns = [.. data.Columns.Select(columns.Find)];
            int[] labels = [.. data.Labels.Select(columns.Find)];
            HasLabels = labels.All(column => column >= 0);
            _labelColumns = HasLabels ? labels : [];
            errors.AddRange(data.Columns.Where((_, input) => _inputColumns[input] < 0).Select(DescribeMissing));
            if (errors.Count > 0)
                throw new ValidationException(errors);
            int[] used = [_sequenceColumn, _stepColumn, .. _inputColumns, .. _labelColumns];
            IgnoredColumns = [.. _file.Header.Where((_, column) => !used.Contains(column))];
            _labels = new(_file, _labelColumns, _errors);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has the columns of all labels.</summary>
    public bool HasLabels { get; }

    /// <summary>The names of columns that are neither inputs nor labels of the network.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; }

    /// <summary>Reads the sequences. After the first invalid row it only collects errors.</summary>
    /// <exception cref="ValidationException">The file has an invalid row, or none.</exception>
    public IEnumerable<RawSequence> ReadAll()
    {
        string? name = null;
        long nextStep = -1;
        var steps = new List<double>();
        while (_file.MoveNext())
        {
            if (name is null || (_sequenceColumn >= 0 && !_file[_sequenceColumn].SequenceEqual(name)))
            {
                if (name is not null && Complete(name, steps) is { } sequence)
                    yield return sequence;
                name = _sequenceColumn < 0 ? "" : BeginSequence(_file[_sequenceColumn].ToString());
                steps.Clear();
                nextStep = -1;
            }

            nextStep = ReadStepNumber(nextStep);
            _labels.ReadRow();
            foreach (int column in _inputColumns)
                steps.Add(CsvNumber.Read(
                    _file, column, _errors, allowsMissing: false, missingHint: CsvNumber.NeededHint));
        }

        if (name is not null && Complete(name, steps) is { } last)
            yield return last;
        if (name is null && !_errors.HasErrors)
            throw new ValidationException(_path, "", "has a header and no rows; every step of a sequence is a row");
        _errors.ThrowIfAny();
    }

    /// <summary>Reads one sequence, and no further.</summary>
    /// <param name="name">Its name; null for the only one of the file.</param>
    /// <exception cref="ValidationException">
    /// The file has an invalid row, no sequence of this name, or several although no name is given.
    /// </exception>
    public RawSequence ReadOne(string? name)
    {
        if (name is not null)
        {
            return ReadAll().FirstOrDefault(sequence => sequence.Name == name) ?? throw new ValidationException(
                _path, "", $"has no sequence {Escape.Quote(name)}; its first are {JoinNames(_names.Take(5))}");
        }

        RawSequence[] first = [.. ReadAll().Take(3)];
        return first.Length == 1 ? first[0] : throw new ValidationException(
            _path, "", $"has several sequences, such as {JoinNames(first.Select(sequence => sequence.Name))}: choose " +
                "one with --sequence-name");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string JoinNames(IEnumerable<string> names) => string.Join(", ", names.Select(Escape.Text));

    private ValidationError DescribeMissing(string column)
        => new($"{_path}:1", Escape.Text(column), "no column has this name, and the network was trained with it" +
            NearestName.FormatSuggestion(column, _file.Header.Except(_data.Columns).Select(Escape.Text)));

    /// <summary>Checks a name; that a name is new, only among the first sequences, so that memory is bounded.</summary>
    private string BeginSequence(string name)
    {
        if (name.Length == 0)
            ReportSequence("is missing; a name or number is needed in every row");
        else if (!_names.Contains(name) && _names.Count < Dataset.MaximumSequences)
            _names.Add(name);
        else if (_names.Contains(name))
            ReportSequence($"{Escape.Quote(name)} appears again; the rows of a sequence must be consecutive");
        return name;
    }

    private void ReportSequence(string problem) => _errors.Add(_file.Line, DatasetTask.DefaultSequence, problem);

    private long ReadStepNumber(long expected)
    {
        if (_stepColumn < 0)
            return expected;
        ReadOnlySpan<char> text = _file[_stepColumn];
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long step);
        if (!isNumber || (expected < 0 ? step is not (0 or 1) : step != expected))
        {
            string needed = expected < 0 ? "0 or 1" : expected.ToString(CultureInfo.InvariantCulture);
            _errors.Add(_file.Line, DatasetTask.DefaultStep, $"{Escape.Quote(text.ToString())} where {needed} " +
                "is needed; steps increase by 1 from row to row, from 0 or 1");
        }

        return isNumber ? step + 1 : expected + 1;
    }

    private RawSequence? Complete(string name, List<double> steps)
    {
        SequenceAttribute?[] labels = _labels.TakeAll();
        bool isLabelled = HasLabels && labels.All(label => label is not null);
        var values = new double[isLabelled && _data.Classes.Count == 0 ? labels.Length : 0];
        for (int k = 0; k < values.Length; k++)
        {
            SequenceAttribute label = labels[k]!;
            if (!_file.TryParse(label.Value, label.Line, out values[k]))
                label.ReportError(CsvNumber.DescribeInvalid(_file, label.Value, CsvNumber.NeededHint));
        }

        return _errors.HasErrors ? null
            : new(name, [.. steps], isLabelled ? [.. labels.Select(label => label!.Value)] : [], values);
    }
}

/// <summary>A sequence as the file has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Steps">[step][input].</param>
/// <param name="Labels">The texts of its labels; empty if it has none.</param>
/// <param name="LabelValues">Its labels, if they are values.</param>
public sealed record RawSequence(
    string Name, double[] Steps, IReadOnlyList<string> Labels, IReadOnlyList<double> LabelValues);
