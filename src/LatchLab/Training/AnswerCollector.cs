using LatchLab.Statistics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Collects the answers of a trial to its test sequences. The answer is the class of the largest output, or the side of
/// the middle on which a single output is; equal largest outputs are no answer. With targets at every step, every step
/// has an answer; each sequence has the same weight among numbers.
/// </summary>
internal sealed class AnswerCollector
{
    private readonly Scoring _scoring;
    private readonly double _labelUnits;        // of a difference of 1 between outputs
    private readonly ConfusionMatrix? _classes; // null for numbers
    private readonly int _mostFrequentClass;
    private readonly double[] _meanLabels;      // of the training sequences, [output]
    private readonly ValueErrors _errors, _baselineErrors;

    /// <param name="trial">The trial.</param>
    public AnswerCollector(in PendingTrial trial)
    {
        var configuration = trial.Configuration;
        _scoring = configuration.Scoring;
        _labelUnits = configuration.Task.GetLabelUnitsPerOutput(_scoring.HalfRange);
        var labels = new TrialLabels(trial);
        if (_scoring.Targets == TargetKind.Values)
        {
            _meanLabels = [.. labels.ComputeMeans(isTest: false).Select(ToLabel)];
            double[] meanTestLabels = [.. labels.ComputeMeans(isTest: true).Select(ToLabel)];
            (_errors, _baselineErrors) = (new(meanTestLabels), new(meanTestLabels));
            return;
        }

        _classes = new(_scoring.Targets == TargetKind.Sign ? 2 : configuration.Task.Outputs);
        _mostFrequentClass = labels.FindMostFrequentClass();
        (_meanLabels, _errors, _baselineErrors) = ([], new([]), new([]));
    }

    /// <summary>The answers so far.</summary>
    public TrialTest Result => _classes is null
        ? new(new(null, _errors), new(null, _baselineErrors))
        : new(new(_classes, null), new(_classes.AlwaysAnswering(_mostFrequentClass), null));

    /// <summary>Adds the outputs at a step with targets.</summary>
    /// <param name="outputs">[output].</param>
    /// <param name="targets">[output], as shares of half the range, or the sign of the class.</param>
    /// <param name="weight">The weight of the step among numbers.</param>
    public void Add(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, double weight)
    {
        if (_classes is not null)
        {
            _classes.Add(TrialLabels.ClassOf(targets), FindAnswer(outputs));
            return;
        }

        for (int k = 0; k < outputs.Length; k++)
        {
            double label = ToLabel(targets[k]);
            _errors.Add(k, label, (outputs[k] - _scoring.Midpoint) * _labelUnits, weight);
            _baselineErrors.Add(k, label, _meanLabels[k], weight);
        }
    }

    private int FindAnswer(ReadOnlySpan<double> outputs)
    {
        if (_scoring.Targets == TargetKind.Sign)
            return outputs[0] > _scoring.Midpoint ? 1 : outputs[0] < _scoring.Midpoint ? 0 : _classes!.ClassCount;
        int largest = 0;
        for (int k = 1; k < outputs.Length; k++)
            largest = outputs[k] > outputs[largest] ? k : largest;
        return outputs.Count(outputs[largest]) == 1 ? largest : _classes!.ClassCount;
    }

    /// <summary>A target in units of the label, whose zero is in the middle of the output's range.</summary>
    private double ToLabel(double target) => target * _scoring.HalfRange * _labelUnits;
}
