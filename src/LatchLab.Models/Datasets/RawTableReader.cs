using System.Globalization;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>Reads the sequences of a table, long or wide, for a network that is already trained.</summary>
internal sealed class RawTableReader : RawSequenceReader
{
    private const int MaximumShownErrors = 10;

    private readonly ValidationErrors _errors;
    private readonly ITable _file;
    private readonly RawColumns _columns;
    private readonly RawLabels _labels;
    private readonly HashSet<string> _names = [];
    private readonly List<double> _steps = [];
    private readonly bool _allowsMissing;
    private bool _hasMissing;
    private long _sequenceNumber; // of sequences without names
    private long _firstStep, _nextStep; // −1 before the first row of a sequence and after a skipped row

    /// <summary>Opens a table and finds its columns.</summary>
    public RawTableReader(string path, NetworkData data, bool isSequenceOptional)
        : base(path, data)
    {
        _errors = new(path) { MaximumShown = MaximumShownErrors };
        _allowsMissing = data.Missing != MissingNumbers.Error;
        _file = DatasetFileSource.OpenTable(path, _errors);
        try
        {
            _columns = new(_file, path, data, isSequenceOptional);
            _labels = new(_file, data, _columns, _errors);
            HasLabels = _columns.Labels.Length > 0;
            IgnoredColumns = _columns.Ignored;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public override double ReadShare => _file.ReadShare;

    public override IEnumerable<RawSequence> ReadAll()
    {
        string? name = null;
        while (_file.MoveNext())
        {
            if (name is null || IsNext(name))
            {
                if (name is not null && Complete(name) is { } sequence)
                    yield return sequence;
                name = BeginSequence();
            }

            ReadRow();
        }

        if (name is not null && Complete(name) is { } last)
            yield return last;
        if (name is null && !_errors.HasErrors)
        {
            throw new ValidationException(Path, "", _columns.IsWide
                ? "has a header and no rows; every sequence is a row"
                : "has a header and no rows; every step of a sequence is a row");
        }

        _errors.ThrowIfAny();
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private bool IsNext(string name)
        => _columns.IsWide || (_columns.Sequence >= 0 && !_file[_columns.Sequence].SequenceEqual(name));

    private void ReadRow()
    {
        if (_columns.Step >= 0)
            ReadStepNumber();
        int inputs = Data.Columns.Count, count = _columns.IsWide ? CountSteps() * inputs : inputs;
        foreach (int column in _columns.Inputs.AsSpan(0, count))
        {
            double number = TableNumber.Read(
                _file, column, _errors, _allowsMissing, missingHint: TableNumber.NeededHint);
            _hasMissing |= double.IsNaN(number);
            _steps.Add(number);
        }

        _labels.ReadRow(count / inputs);
    }

    /// <summary>The steps of the row: those after the last number are missing in a shorter sequence.</summary>
    private int CountSteps()
    {
        int last = _columns.Inputs.Length - 1;
        while (last >= 0 && _file[_columns.Inputs[last]].IsEmpty)
            last--;
        if (last < 0)
            _errors.Add(_file.Line, "", "has no numbers; a sequence has at least one step");
        return last < 0 ? 0 : (last / Data.Columns.Count) + 1;
    }

    /// <summary>Checks a name; that a name is new, only among the first sequences, so that memory is bounded.</summary>
    private string BeginSequence()
    {
        (_firstStep, _nextStep) = (1, -1);
        if (_columns.Sequence < 0)
            return (++_sequenceNumber).ToString(CultureInfo.InvariantCulture);
        string name = _file[_columns.Sequence].ToString();
        if (name.Length == 0)
            ReportSequence("is missing; a name or number is needed in every row");
        else if (!_names.Contains(name) && _names.Count < Dataset.MaximumSequences)
            _names.Add(name);
        else if (_names.Contains(name))
        {
            ReportSequence($"{Escape.Quote(name)} appears again; " + (_columns.IsWide
                ? "each row is a sequence of its own" : "the rows of a sequence must be consecutive"));
        }

        return name;
    }

    private void ReportSequence(string problem) => _errors.Add(_file.Line, Escape.Text(Data.SequenceColumn), problem);

    private void ReadStepNumber()
    {
        ReadOnlySpan<char> text = _file[_columns.Step];
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long step);
        bool isFirst = _steps.Count == 0,
            isExpected = _file.HasSkippedRow || (isFirst ? step is 0 or 1 : _nextStep < 0 || step == _nextStep);
        if (!isNumber || !isExpected)
        {
            string needed = isFirst ? "0 or 1" : Math.Max(0, _nextStep).ToString(CultureInfo.InvariantCulture);
            _errors.Add(_file.Line, Escape.Text(Data.StepColumn), $"{Escape.Quote(text.ToString())} where {needed} " +
                "is needed; steps increase by 1 from row to row, from 0 or 1");
        }

        if (isFirst)
            _firstStep = step;
        _nextStep = isNumber ? step + 1 : -1;
    }

    private RawSequence? Complete(string name)
    {
        RawSequence sequence = _labels.Complete(new(name, [.. _steps]) { FirstStep = _firstStep });
        bool hasMissing = _hasMissing;
        _steps.Clear();
        _hasMissing = false;
        return _errors.HasErrors ? null : hasMissing ? ReplaceMissing(sequence) : sequence;
    }
}
