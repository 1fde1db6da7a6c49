using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Passes the steps of sequences to a dataset, and treats missing numbers as the task says. Steps wait until their
/// sequence is complete only if it may be dropped.
/// </summary>
/// <param name="builder">Receives the steps.</param>
/// <param name="inputs">Number of inputs.</param>
/// <param name="labels">Number of labels of each step; 0 if only a sequence has labels.</param>
/// <param name="missing">What is done with missing numbers.</param>
internal sealed class StepWriter(DatasetBuilder builder, int inputs, int labels, MissingNumbers missing)
{
    private readonly OutlyingInputSearch[] _outlyingInputs =
        [.. Enumerable.Range(0, inputs).Select(input => new OutlyingInputSearch(input))];

    private readonly List<double> _waiting = []; // [step]: inputs, labels and line
    private readonly double[] _step = new double[inputs + labels + 1];
    private bool _hasMissing;

    /// <summary>Number of missing numbers that were replaced, or will be in each trial.</summary>
    public long ReplacedNumbers { get; private set; }

    /// <summary>Number of sequences that were dropped.</summary>
    public int DroppedSequences { get; private set; }

    /// <summary>Adds a step.</summary>
    /// <param name="step">[input]; NaN for a missing number.</param>
    /// <param name="stepLabels">[label]; NaN for a missing label.</param>
    /// <param name="line">Its line.</param>
    public void Add(ReadOnlySpan<double> step, ReadOnlySpan<double> stepLabels, int line)
    {
        if (missing != MissingNumbers.Drop)
        {
            Write(step, stepLabels, line);
            return;
        }

        _hasMissing |= HasMissing(step) || HasMissing(stepLabels);
        _waiting.AddRange(step);
        _waiting.AddRange(stepLabels);
        _waiting.Add(line);
    }

    /// <summary>Ends a sequence.</summary>
    /// <param name="hasLabels">Whether it has its labels.</param>
    /// <returns>Whether it belongs to the dataset; otherwise it was dropped.</returns>
    public bool EndSequence(bool hasLabels)
    {
        bool isDropped = _hasMissing || !hasLabels;
        for (int start = 0; !isDropped && start < _waiting.Count; start += _step.Length)
        {
            _waiting.CopyTo(start, _step, 0, _step.Length);
            Write(_step.AsSpan(0, inputs), _step.AsSpan(inputs, labels), (int)_step[^1]);
        }

        DroppedSequences += isDropped ? 1 : 0;
        _hasMissing = false;
        _waiting.Clear();
        return !isDropped;
    }

    /// <summary>The values that are far from all others of their input.</summary>
    public IReadOnlyList<OutlyingInput> FindOutlyingInputs()
        => [.. _outlyingInputs.Select(search => search.Find()).OfType<OutlyingInput>()];

    private static bool HasMissing(ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            if (double.IsNaN(number))
                return true;
        }

        return false;
    }

    private void Write(ReadOnlySpan<double> step, ReadOnlySpan<double> stepLabels, int line)
    {
        Span<double> complete = _step.AsSpan(0, inputs);
        step.CopyTo(complete);
        for (int input = 0; input < inputs; input++)
        {
            if (double.IsNaN(complete[input]))
            {
                ReplacedNumbers++;
                complete[input] = missing == MissingNumbers.Zero ? 0.0 : double.NaN;
            }
            else
            {
                _outlyingInputs[input].Add(complete[input], line);
            }
        }

        builder.AddStep(complete, stepLabels);
    }
}
