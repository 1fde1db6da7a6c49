using System.Globalization;
using LatchLab.Tasks;

namespace LatchLab.Formats.Csv;

/// <summary>Turns the rows of a file, one a step, into sequences, and finds whatever is wrong with them.</summary>
internal sealed class SequenceReader
{
    private readonly CsvFile _file;
    private readonly Mistakes _mistakes;
    private readonly LabelTable? _table;
    private readonly SequenceSetBuilder _builder;
    private readonly SequencesTask _task;
    private readonly SequencePlaces _places;
    private readonly Sayings _sayings;
    private readonly Dictionary<string, int> _firstLines = [];
    private readonly double[] _step;
    private readonly double[] _values;
    private string? _name;
    private int _firstLine;
    private long _nextStep = -1;     // −1 before the first row of a sequence, and after a row that was left out

    /// <summary>Starts before the first row.</summary>
    public SequenceReader(
        CsvFile file,
        SequencePlaces places,
        SequencesTask task,
        LabelTable? table,
        Mistakes mistakes,
        SequenceSetBuilder builder)
    {
        (_file, _places, _task, _table, _mistakes, _builder) = (file, places, task, table, mistakes, builder);
        _sayings = new(file, [.. places.Labels, places.Split], mistakes);
        _step = new double[places.Inputs.Length];
        _values = new double[places.Labels.Length];
    }

    /// <summary>Reads every row.</summary>
    /// <exception cref="InputException">The file cannot be read to its end.</exception>
    public void ReadAll()
    {
        while (_file.MoveNext())
        {
            ReadOnlySpan<char> name = _file[_places.Sequence];
            if (_name is null || !name.SequenceEqual(_name))
            {
                EndSequence();
                Begin(name.ToString());
            }

            ReadStepNumber();
            _sayings.Take();
            for (int i = 0; i < _step.Length; i++)
                _step[i] = CsvNumber.Read(_file, _places.Inputs[i], _mistakes);
            if (!_mistakes.Any)
                _builder.AddStep(_step);
        }

        EndSequence();
        _table?.RefuseOthers(_places.Path);
        if (_name is null && !_mistakes.Any)
            throw new InputException(_places.Path, "", "has a header and no rows; every step of a sequence is a row");
    }

    private void Begin(string name)
    {
        (_name, _firstLine, _nextStep) = (name, _file.Line, -1);
        if (name.Length == 0)
            RefuseSequence("is missing; a name or number is needed in every row");
        else if (name.Contains('\uFFFD'))
            RefuseSequence("is not UTF-8 text; save the file as that");
        else if (!_firstLines.TryAdd(name, _file.Line))
            RefuseSequence($"{Quotation.Of(name)} comes back here, after line {_firstLines[name]}; the rows of a " +
                "sequence must follow one another");
        if (_firstLines.Count > SequenceSet.MostSequences)
        {
            throw new InputException($"{_places.Path}:{_file.Line}", "", "has more than the " +
                $"{SequenceSet.MostSequences.ToString("N0", CultureInfo.InvariantCulture)} sequences that can be used");
        }
    }

    private void ReadStepNumber()
    {
        if (_places.Step < 0)
            return;
        ReadOnlySpan<char> text = _file[_places.Step];
        bool isFirst = _file.Line == _firstLine;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long step))
        {
            Refuse("is no whole number; steps rise by 1, from 0 or 1");
            _nextStep = -1;
            return;
        }

        if (isFirst && !_file.LeftOut && step is not (0 or 1))
            Refuse("where a sequence begins; steps rise by 1, from 0 or 1");
        else if (!isFirst && !_file.LeftOut && _nextStep >= 0 && step != _nextStep)
            Refuse($"where {_nextStep} is needed; steps rise by 1 from row to row");
        _nextStep = step + 1;

        void Refuse(string problem) => _mistakes.Add(
            _file.Line, SequenceColumns.StepName, $"{Quotation.Of(_file[_places.Step].ToString())} {problem}");
    }

    private void EndSequence()
    {
        if (_name is null)
            return;
        Saying?[] said = _sayings.Finish();
        if (_table is not null)
        {
            Saying?[]? other = _table.Take(_name);
            if (other is null)
                RefuseSequence($"{Quotation.Of(_name)} has no row in {_table.Path}");
            said = [.. said.Zip(other ?? new Saying?[said.Length], (here, there) => here ?? there)];
            if (other is null)
                return;
        }

        bool isTest = _places.HasSplit && IsTest(said[^1]);
        for (int i = 0; i < _values.Length; i++)
        {
            if (said[i] is null)
                Refuse(_places.LabelNames[i], $"no row of the sequence {Quotation.Of(_name)} has one");
            else if (_task.LabelKind == LabelKind.Values)
                _values[i] = Value(said[i]!);
        }

        if (_mistakes.Any)
            return;
        if (_task.LabelKind == LabelKind.Classes)
            _builder.EndSequence(said[0]!.Text, isTest);
        else
            _builder.EndSequence(_values, isTest);
    }

    /// <summary>A mistake of a whole sequence stands where it begins.</summary>
    private void Refuse(string column, string problem) => _mistakes.Add(_firstLine, Quotation.Plain(column), problem);

    private void RefuseSequence(string problem) => Refuse(SequenceColumns.SequenceName, problem);

    private bool IsTest(Saying? said)
    {
        const string train = "train", test = "test";
        if (said is null)
        {
            Refuse(_task.Split, $"no row of the sequence {Quotation.Of(_name!)} says train or test");
        }
        else if (said.Text is not (train or test))
        {
            said.Refuse($"{Quotation.Of(said.Text)} is neither train nor test" +
                NearestName.Hint(said.Text, [train, test]));
        }

        return said?.Text == test;
    }

    private static double Value(Saying said)
    {
        bool isNumber = double.TryParse(said.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && Math.Abs(value) <= CsvNumber.Largest;
        if (!isNumber)
            said.Refuse(CsvNumber.Explain(said.Text) + "; with label-kind=classes it names a class");
        return value;
    }
}
