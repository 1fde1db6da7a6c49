using System.Globalization;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>Converts the rows of a file, one row per step, into sequences and reports invalid rows.</summary>
internal sealed class CsvDatasetReader
{
    private readonly CsvReader _file;
    private readonly ValidationErrors _errors;
    private readonly LabelTable? _labelTable;
    private readonly DatasetBuilder _builder;
    private readonly DatasetTask _task;
    private readonly ColumnIndices _columns;
    private readonly SequenceAttributes _attributeCollector;
    private readonly Dictionary<string, int> _firstLines = [];
    private readonly double[] _inputs;
    private readonly OutlyingInputSearch[] _outlyingInputs;
    private readonly double[] _labels;
    private string? _sequenceName;
    private int _firstLine;
    private long _nextStep = -1;    // −1 before the first row of a sequence and after a skipped row

    /// <summary>Creates a reader positioned before the first row.</summary>
    public CsvDatasetReader(
        CsvReader file,
        ColumnIndices columns,
        DatasetTask task,
        LabelTable? labelTable,
        ValidationErrors errors,
        DatasetBuilder builder)
    {
        (_file, _columns, _task, _labelTable, _errors, _builder) = (file, columns, task, labelTable, errors, builder);
        _attributeCollector = new(file, [.. columns.LabelColumns, columns.SplitColumn], errors);
        _inputs = new double[columns.InputColumns.Length];
        _outlyingInputs = [.. _inputs.Select((_, input) => new OutlyingInputSearch(input))];
        _labels = new double[columns.LabelColumns.Length];
    }

    /// <summary>Reads every row.</summary>
    /// <exception cref="ValidationException">The file cannot be read to the end, or has no rows.</exception>
    public void ReadAll()
    {
        while (_file.MoveNext())
        {
            ReadOnlySpan<char> name = _file[_columns.SequenceColumn];
            if (_sequenceName is null || !name.SequenceEqual(_sequenceName))
            {
                EndSequence();
                BeginSequence(name.ToString());
            }

            ReadStepNumber();
            _attributeCollector.ReadRow();
            for (int i = 0; i < _inputs.Length; i++)
                _inputs[i] = CsvNumber.Read(_file, _columns.InputColumns[i], _errors, DescribeTextColumn(i));
            if (!_errors.HasErrors)
                AddStep();
        }

        EndSequence();
        _labelTable?.ReportUnusedRows(_columns.Path);
        if (_sequenceName is null && !_errors.HasErrors)
            throw new ValidationException(_columns.Path, "",
                "has a header and no rows; every step of a sequence is a row");
    }

    /// <summary>The values that are far from all others of their input.</summary>
    public IReadOnlyList<OutlyingInput> FindOutlyingInputs()
        => [.. _outlyingInputs.Select(search => search.Find()).OfType<OutlyingInput>()];

    private void AddStep()
    {
        _builder.AddStep(_inputs);
        foreach ((int input, double value) in _inputs.Index())
            _outlyingInputs[input].Add(value, _file.Line);
    }

    /// <summary>
    /// The end of the message about a text in an input column: a text in the first row suggests that the whole column
    /// is text, and none of the task's choice.
    /// </summary>
    private string DescribeTextColumn(int input)
    {
        if (_firstLines.Count > 1 || _file.Line != _firstLine || _task.Inputs.Length > 0)
            return "";
        string[] numbers =
        [
            .. _columns.InputColumns.Where(column => _file.TryGetDouble(column, out _))
                .Select(column => Escape.Text(_file.Header[column])),
        ];
        return $"; if {Escape.Text(_file.Header[_columns.InputColumns[input]])} is no input, name the inputs" +
            (numbers.Length == 0 ? "" : $": inputs={string.Join(",", numbers)}");
    }

    private void BeginSequence(string name)
    {
        (_sequenceName, _firstLine, _nextStep) = (name, _file.Line, -1);
        if (name.Length == 0)
            ReportSequenceName("is missing; a name or number is needed in every row");
        else if (name.Contains('\uFFFD'))
            ReportSequenceName("is not UTF-8 text; save the file as UTF-8");
        else if (!_firstLines.TryAdd(name, _file.Line))
            ReportSequenceName($"{Escape.Quote(name)} appears again, after line {_firstLines[name]}; the rows of a " +
                "sequence must be consecutive");
        if (_firstLines.Count > Dataset.MaximumSequences)
        {
            throw new ValidationException($"{_columns.Path}:{_file.Line}", "", "has more than the limit of " +
                $"{Dataset.MaximumSequences.ToString("N0", CultureInfo.InvariantCulture)} sequences");
        }
    }

    private void ReadStepNumber()
    {
        if (_columns.StepColumn < 0)
            return;
        ReadOnlySpan<char> text = _file[_columns.StepColumn];
        bool isFirst = _file.Line == _firstLine;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long step))
        {
            Report("is not a whole number; steps increase by 1, from 0 or 1");
            _nextStep = -1;
            return;
        }

        if (isFirst && !_file.HasSkippedRow && step is not (0 or 1))
            Report("at the start of a sequence; steps increase by 1, from 0 or 1");
        else if (!isFirst && !_file.HasSkippedRow && _nextStep >= 0 && step != _nextStep)
            Report($"where {_nextStep} is needed; steps increase by 1 from row to row");
        _nextStep = step + 1;

        void Report(string problem) => _errors.Add(
            _file.Line, ColumnResolver.StepColumnName,
            $"{Escape.Quote(_file[_columns.StepColumn].ToString())} {problem}");
    }

    private void EndSequence()
    {
        if (_sequenceName is null)
            return;
        SequenceAttribute?[] attributes = _attributeCollector.TakeAll();
        if (_labelTable is not null)
        {
            SequenceAttribute?[]? fromLabelTable = _labelTable.GetAttributes(_sequenceName);
            if (fromLabelTable is null)
                ReportSequenceName($"{Escape.Quote(_sequenceName)} has no row in {_labelTable.Path}");
            attributes = [.. attributes.Zip(fromLabelTable ?? new SequenceAttribute?[attributes.Length],
                (own, external) => own ?? external)];
            if (fromLabelTable is null)
                return;
        }

        bool isTest = _columns.HasSplit && IsTest(attributes[^1]);
        for (int i = 0; i < _labels.Length; i++)
        {
            if (attributes[i] is null)
                ReportAtSequence(_columns.LabelNames[i],
                    $"no row of the sequence {Escape.Quote(_sequenceName)} has one");
            else if (_task.LabelKind == LabelKind.Values)
                _labels[i] = ParseLabel(attributes[i]!);
        }

        if (_errors.HasErrors)
            return;
        if (_task.LabelKind == LabelKind.Classes)
            _builder.EndSequence(attributes[0]!.Value, isTest);
        else
            _builder.EndSequence(_labels, isTest);
    }

    /// <summary>Reports an error of a whole sequence at its first row.</summary>
    private void ReportAtSequence(string column, string problem)
        => _errors.Add(_firstLine, Escape.Text(column), problem);

    private void ReportSequenceName(string problem) => ReportAtSequence(ColumnResolver.SequenceColumnName, problem);

    private bool IsTest(SequenceAttribute? attribute)
    {
        const string train = "train", test = "test";
        if (attribute is null)
        {
            ReportAtSequence(_task.Split, $"no row of the sequence {Escape.Quote(_sequenceName!)} has train or test");
        }
        else if (attribute.Value is not (train or test))
        {
            attribute.ReportError($"{Escape.Quote(attribute.Value)} is neither train nor test" +
                NearestName.FormatSuggestion(attribute.Value, [train, test]));
        }

        return attribute?.Value == test;
    }

    private static double ParseLabel(SequenceAttribute attribute)
    {
        bool isNumber = double.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture,
            out double value)
            && Math.Abs(value) <= CsvNumber.MaximumMagnitude;
        if (!isNumber)
            attribute.ReportError(
                CsvNumber.DescribeInvalid(attribute.Value) + "; with label-kind=classes it names a class");
        return value;
    }
}
