using System.Globalization;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Converts the rows of a table into sequences and reports invalid rows. In the long layout a row is a step, and the
/// consecutive rows with the same name are a sequence; in the wide layout each row is a sequence.
/// </summary>
internal sealed class SequenceTableReader
{
    private const int RowsBetweenReports = 1 << 16;

    private readonly ITable _file;
    private readonly ValidationErrors _errors;
    private readonly LabelTable? _labelTable;
    private readonly DatasetBuilder _builder;
    private readonly DatasetTask _task;
    private readonly ColumnRoles _columns;
    private readonly SequenceAttributes _attributeCollector;
    private readonly Dictionary<string, int> _firstLines = [];
    private readonly bool _isWide;
    private readonly double[] _inputs;
    private readonly double[] _labels; // of the sequence, or of the step
    private readonly bool _labelsSteps;
    private readonly bool _allowsMissing;
    private readonly StepWriter _steps;
    private string? _sequenceName;
    private int _firstLine;
    private long _nextStep = -1;    // −1 before the first row of a sequence and after a skipped row

    /// <summary>Creates a reader positioned before the first row.</summary>
    public SequenceTableReader(
        ITable file,
        ColumnRoles columns,
        DatasetTask task,
        LabelTable? labelTable,
        ValidationErrors errors,
        DatasetBuilder builder)
    {
        (_file, _columns, _task, _labelTable, _errors, _builder) = (file, columns, task, labelTable, errors, builder);
        _labelsSteps = task.LabelPer == LabelPer.Step;
        _allowsMissing = task.Missing != MissingNumbers.Error;
        _attributeCollector = new(
            file, [.. _labelsSteps ? [] : columns.LabelColumns, columns.SplitColumn], errors);
        _isWide = task.Layout == TableLayout.Wide;
        _inputs = new double[columns.InputNames.Count];
        _labels = new double[columns.LabelNames.Count];
        _steps = new(builder, _inputs.Length, _labelsSteps ? _labels.Length : 0, task.Missing);
    }

    /// <summary>Reads every row.</summary>
    /// <param name="progress">Receives the file and the share of it that has been read.</param>
    /// <exception cref="ValidationException">The file cannot be read to the end, or has no rows.</exception>
    public void ReadAll(Action<string, double>? progress)
    {
        for (long row = 1; _file.MoveNext(); row++)
        {
            if (row % RowsBetweenReports == 0)
                progress?.Invoke(_columns.Path, _file.ReadShare);
            ReadSequenceName();
            ReadStepNumber();
            _attributeCollector.ReadRow();
            int steps = _isWide ? CountSteps() : 1;
            for (int step = 0; step < steps; step++)
                ReadStep(step);
        }

        EndSequence();
        _labelTable?.ReportUnusedRows(_columns.Path);
        if (_sequenceName is null && !_errors.HasErrors)
        {
            throw new ValidationException(_columns.Path, "", _isWide
                    ? "has a header and no rows; every sequence is a row"
                    : "has a header and no rows; every step of a sequence is a row");
        }

        if (_builder.Count == 0 && !_errors.HasErrors)
        {
            throw new ValidationException(_columns.Path, "", $"has a missing number or label in every one of its " +
                $"{NumberFormat.WithNoun(_steps.DroppedSequences, "sequence")}; with missing=drop none is left");
        }

        _builder.Remarks = new(
            _file.Format, _steps.FindOutlyingInputs(), _steps.ReplacedNumbers, _steps.DroppedSequences,
            _file.RowName);
    }

    /// <summary>Begins a sequence if the row is not a further step of the current one.</summary>
    private void ReadSequenceName()
    {
        if (_columns.SequenceColumn < 0)
        {
            EndSequence();
            BeginSequence((_firstLines.Count + 1).ToString(CultureInfo.InvariantCulture));
            return;
        }

        ReadOnlySpan<char> name = _file[_columns.SequenceColumn];
        if (!_isWide && _sequenceName is not null && name.SequenceEqual(_sequenceName))
            return;
        EndSequence();
        BeginSequence(name.ToString());
    }

    /// <summary>The steps of the row: those after the last number are missing in a shorter sequence.</summary>
    private int CountSteps()
    {
        int last = _columns.InputColumns.Length - 1;
        while (last >= 0 && _file[_columns.InputColumns[last]].IsEmpty)
            last--;
        if (last < 0)
            ReportAtSequence("", "has no numbers; a sequence has at least one step");
        return last < 0 ? 0 : (last / _inputs.Length) + 1;
    }

    private void ReadStep(int step)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            int column = _columns.InputColumns[(step * _inputs.Length) + i];
            _inputs[i] = TableNumber.Read(_file, column, _errors, _allowsMissing, DescribeTextColumn(column));
        }

        for (int label = 0; _labelsSteps && label < _labels.Length; label++)
            _labels[label] = ReadStepLabel(_columns.LabelColumns[(step * _labels.Length) + label]);
        if (!_errors.HasErrors)
            _steps.Add(_inputs, _labelsSteps ? _labels : [], _file.Line);
    }

    /// <summary>A label of the step: a value, or the number of its class; NaN if it is missing and may be.</summary>
    private double ReadStepLabel(int column)
    {
        bool allowsMissing = _task.Missing == MissingNumbers.Drop;
        if (_task.LabelKind == LabelKind.Values)
            return TableNumber.Read(_file, column, _errors, allowsMissing);
        ReadOnlySpan<char> text = _file[column];
        if (!text.IsEmpty && !text.ContainsAnyInRange('\0', '\x1f') && !text.Contains('\uFFFD'))
            return _builder.GetClassNumber(text);
        if (!text.IsEmpty || !allowsMissing)
        {
            _errors.Add(_file.Line, Escape.Text(_file.Header[column]), text.IsEmpty
                ? "is missing; with label-per=step every step has a label"
                : $"{Escape.Quote(text.ToString())} is not UTF-8 text; save the file as UTF-8");
        }

        return double.NaN;
    }

    /// <summary>
    /// The end of the message about a text in an input column: a text in the first row suggests that the whole column
    /// is text, and none of the task's choice.
    /// </summary>
    private string DescribeTextColumn(int column)
    {
        if (_isWide || _firstLines.Count > 1 || _file.Line != _firstLine || _task.Inputs.Length > 0)
            return "";
        string[] numbers =
        [
            .. _columns.InputColumns.Where(other => _file.TryGetDouble(other, out _))
                .Select(other => Escape.Text(_file.Header[other])),
        ];
        return $"; if {Escape.Text(_file.Header[column])} is no input, name the inputs" +
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
        {
            ReportSequenceName($"{Escape.Quote(name)} appears again, after line {_firstLines[name]}; " +
                (_isWide ? "each row is a sequence of its own" : "the rows of a sequence must be consecutive"));
        }

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
            _file.Line, _file.Header[_columns.StepColumn],
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
        bool hasLabels = _labelsSteps || ReadLabels(attributes);
        if (_errors.HasErrors || !_steps.EndSequence(hasLabels))
            return;
        if (_labelsSteps)
            _builder.EndLabelledSteps(isTest);
        else if (_task.LabelKind == LabelKind.Classes)
            _builder.EndSequence(attributes[0]!.Value, isTest);
        else
            _builder.EndSequence(_labels, isTest);
    }

    /// <summary>Reads the labels of the sequence; false if one is missing and the sequence is dropped.</summary>
    private bool ReadLabels(SequenceAttribute?[] attributes)
    {
        for (int i = 0; i < _labels.Length; i++)
        {
            if (_task.Missing == MissingNumbers.Drop
                && (attributes[i] is null || TableNumber.IsMissing(attributes[i]!.Value)))
                return false;
            if (attributes[i] is null)
                ReportAtSequence(_columns.LabelNames[i],
                    $"no row of the sequence {Escape.Quote(_sequenceName!)} has one");
            else if (_task.LabelKind == LabelKind.Values)
                _labels[i] = attributes[i]!.ParseNumber();
        }

        return true;
    }

    /// <summary>Reports an error of a whole sequence at its first row.</summary>
    private void ReportAtSequence(string column, string problem)
        => _errors.Add(_firstLine, Escape.Text(column), problem);

    private void ReportSequenceName(string problem) => ReportAtSequence(_task.Sequence, problem);

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
}
