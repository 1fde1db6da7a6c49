using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Reads sequences from arrays of NumPy: <c>x</c> [sequence, step, input] and <c>y</c>, the labels, in one .npz file or
/// in two .npy files (docs/reference/sequences.md). All sequences have the same length. A missing number is NaN.
/// </summary>
internal sealed class NumpyDatasetReader : IDisposable
{
    private readonly DatasetTask _task;
    private readonly NumpyFile _archive;
    private readonly NumpyFile? _labelFile; // beside a .npy file
    private readonly NumpyArray _inputs;  // [sequence, step, input]
    private readonly NumpyArray _labels;
    private readonly NumpyArray? _split;  // [sequence]: 1 for test
    private readonly int _labelCount;     // of a sequence or a step
    private readonly bool _labelsSteps;
    private string? _firstMissing;
    private long _missing;

    /// <summary>Opens the arrays and checks their shapes.</summary>
    /// <param name="path">The file of the sequences.</param>
    /// <param name="labelPath">The file of the labels, beside a .npy file.</param>
    /// <param name="task">Names the arrays.</param>
    /// <exception cref="ValidationException">An array is missing, or its type or shape does not fit.</exception>
    public NumpyDatasetReader(string path, string labelPath, DatasetTask task)
    {
        (_task, _labelsSteps) = (task, task.LabelPer == LabelPer.Step);
        _archive = new(path);
        try
        {
            bool isArchive = _archive.IsArchive;
            RequireNames(isArchive);
            string inputName = task.Inputs.Length == 0 ? "x" : task.Inputs;
            bool isDefault = task.Label == DatasetTask.DefaultLabel;
            _inputs = _archive.Open(inputName, "inputs");
            _labelFile = isArchive ? null : new(labelPath);
            _labels = (_labelFile ?? _archive).Open(isDefault && !_archive.Has("label") ? "y" : task.Label, "label");
            _split = isArchive && task.Split.Length > 0 ? _archive.Open(task.Split, "split") : null;
            ValidateShapes();
            _labelCount = _labels.RowLength / (_labelsSteps ? Math.Max(1, _labels.Shape[1]) : 1);
            InputNames = NumberNames(inputName, _inputs.Shape[2]);
            LabelNames = NumberNames(isDefault ? "y" : task.Label, _labelCount);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> InputNames { get; }

    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>Reads every sequence.</summary>
    /// <exception cref="ValidationException">An element is not allowed.</exception>
    public void ReadAll(DatasetBuilder builder)
    {
        var writer = new StepWriter(builder, InputNames.Count, _labelsSteps ? _labelCount : 0, _task.Missing);
        for (int sequence = 0; sequence < _inputs.Shape[0]; sequence++)
            ReadSequence(sequence, builder, writer);
        if (_task.Missing == MissingNumbers.Error && _missing > 0)
        {
            throw _inputs.Error($"{_firstMissing} is a missing number, one of {_missing} in all; give missing=drop, " +
                "mean or zero");
        }

        if (builder.Count == 0)
            throw _inputs.Error("has a missing number in every sequence; with missing=drop none is left");
        builder.Remarks = new("", writer.FindOutlyingInputs(), writer.ReplacedNumbers, writer.DroppedSequences, "item");
    }

    public void Dispose()
    {
        _archive.Dispose();
        _labelFile?.Dispose();
    }

    private void ReadSequence(int sequence, DatasetBuilder builder, StepWriter writer)
    {
        _inputs.ReadRow();
        _labels.ReadRow();
        int inputs = InputNames.Count;
        double[] step = new double[inputs], labels = new double[_labelCount];
        if (!_labelsSteps)
            ReadLabels(0, sequence, builder, labels);
        for (int t = 0; t < _inputs.Shape[1]; t++)
        {
            for (int i = 0; i < inputs; i++)
                step[i] = CheckNumber(_inputs, (t * inputs) + i, $"[{sequence}, {t}, {i}]");
            if (_labelsSteps)
                ReadLabels(t, sequence, builder, labels);
            writer.Add(step, _labelsSteps ? labels : [], sequence);
        }

        bool isTest = ReadSplit(sequence);
        if (!writer.EndSequence(hasLabels: !labels.Any(double.IsNaN)))
            return;
        if (_labelsSteps)
            builder.EndLabelledSteps(isTest);
        else
            builder.EndSequence(labels, isTest);
    }

    private void ReadLabels(int t, int sequence, DatasetBuilder builder, double[] labels)
    {
        for (int label = 0; label < labels.Length; label++)
        {
            int element = (t * labels.Length) + label;
            bool isMissing = !_labels.IsText && double.IsNaN(_labels.GetNumber(element));
            string place = _labelsSteps ? $"[{sequence}, {t}]" : $"[{sequence}]";
            if (isMissing && _task.Missing != MissingNumbers.Drop)
                throw _labels.Error($"{place} is a missing label; with missing=drop its sequence is dropped");
            labels[label] = isMissing ? double.NaN
                : _task.LabelKind == LabelKind.Classes ? builder.GetClassNumber(_labels.GetText(element))
                : CheckNumber(_labels, element, place);
        }
    }

    private bool ReadSplit(int sequence)
    {
        if (_split is null)
            return false;
        _split.ReadRow();
        string text = _split.GetText(0);
        return text switch
        {
            "1" or "test" => true,
            "0" or "train" => false,
            _ => throw _split.Error($"[{sequence}] is {Escape.Text(text)}; give 1 for test and 0 for train"),
        };
    }

    private double CheckNumber(NumpyArray array, int element, string place)
    {
        double number = array.GetNumber(element);
        if (double.IsNaN(number) && array == _inputs)
        {
            _firstMissing ??= place;
            _missing++;
            return double.NaN;
        }

        return Math.Abs(number) <= TableNumber.MaximumMagnitude ? number : throw array.Error(
            FormattableString.Invariant($"{place} is {number}; at most ") +
            FormattableString.Invariant($"{TableNumber.MaximumMagnitude:0e+0} is allowed"));
    }

    private void RequireNames(bool isArchive)
    {
        if (!isArchive && _task.Labels.Length == 0)
        {
            throw new ValidationException("", "task.labels", $"is missing; name the .npy file of the labels, or save " +
                "both: numpy.savez(\"data.npz\", x=x, y=y)");
        }

        if (!isArchive && _task.Split.Length > 0)
            throw new ValidationException("", "task.split", "needs a .npz file, in which it names an array");
    }

    private void ValidateShapes()
    {
        int axes = _inputs.Shape.Count;
        if (axes != 3 || _inputs.IsText || _inputs.Shape.Any(length => length == 0))
        {
            string hint = axes == 2 ? "; for one input, x[:, :, None]" : "";
            throw _inputs.Error($"has the shape {_inputs.FormatShape()}{(_inputs.IsText ? " of text" : "")}; numbers " +
                $"with three axes are needed, sequences, steps and inputs, none empty{hint}");
        }

        if (_inputs.Shape[0] > Dataset.MaximumSequences)
            throw _inputs.Error($"has more than the limit of {Dataset.MaximumSequences} sequences");
        bool isClass = _task.LabelKind == LabelKind.Classes;
        int[] start = [.. _inputs.Shape.Take(_labelsSteps ? 2 : 1)];
        IReadOnlyList<int> shape = _labels.Shape;
        bool fits = shape.Take(start.Length).SequenceEqual(start)
            && (shape.Count == start.Length || (shape.Count == start.Length + 1 && !isClass && shape[^1] > 0));
        if (!fits || (_labels.IsText && !isClass))
            throw _labels.Error($"has the shape {_labels.FormatShape()}{DescribeNeed(start, isClass)}");
        if (_split is not null && !_split.Shape.SequenceEqual(_inputs.Shape.Take(1)))
            throw _split.Error($"has the shape {_split.FormatShape()}; [{_inputs.Shape[0]}] is needed");
    }

    private string DescribeNeed(int[] start, bool isClass)
    {
        string needed = $"{(_labels.IsText ? " of text" : "")}; [{string.Join(", ", start)}]" +
            (isClass ? "" : $" or [{string.Join(", ", start)}, labels] of numbers") + " is needed";
        IReadOnlyList<int> shape = _labels.Shape;
        return needed + (_labelsSteps
            ? shape.Count == 1 && shape[0] == start[0] ? "; one label per sequence is read with label-per=sequence" : ""
            : shape.Count == 2 && shape.SequenceEqual(_inputs.Shape.Take(2))
                ? "; one label per step is read with label-per=step"
                : shape.Count == 2 && isClass && shape[0] == start[0]
                    ? "; several values are read with label-kind=values; classes with one number each are y.argmax(1)"
                    : "");
    }

    private static string[] NumberNames(string name, int count)
        => count == 1 ? [name] : [.. Enumerable.Range(1, count).Select(number => $"{name}{number}")];
}
