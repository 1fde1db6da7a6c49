using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The labels of the training and the test sequences of a trial, which its constant answers and R² are computed from.
/// Of a fresh training set they are those of the first pass.
/// </summary>
internal sealed class TrialLabels
{
    private readonly TrainingConfiguration _configuration;
    private readonly TrialSequences _sequences;
    private readonly double[] _scratch, _labels;
    private readonly int _outputs;

    public TrialLabels(in PendingTrial trial)
    {
        _configuration = trial.Configuration;
        TaskDefinition task = _configuration.Task;
        _sequences = task.CreateSequences(_configuration.CreateRandom(trial.Seed, trial.TrialIndex));
        _outputs = task.Outputs;
        _scratch = new double[_configuration.MaxLength * task.InputsPerStep];
        _labels = new double[_outputs * (task.HasTargetsAtEveryStep ? _configuration.MaxLength : 1)];
    }

    /// <summary>The class of a target: the sign of a single one, or the largest of several.</summary>
    public static int ClassOf(ReadOnlySpan<double> targets)
    {
        if (targets.Length == 1)
            return targets[0] > 0.0 ? 1 : 0;
        int largest = 0;
        for (int k = 1; k < targets.Length; k++)
            largest = targets[k] > targets[largest] ? k : largest;
        return largest;
    }

    /// <summary>The most frequent class of the training sequences; the first of several.</summary>
    public int FindMostFrequentClass()
    {
        var counts = new int[Math.Max(2, _outputs)];
        ForEachStep(isTest: false, (targets, _) => counts[ClassOf(targets)]++);
        return Array.IndexOf(counts, counts.Max());
    }

    /// <summary>
    /// The mean targets, as shares of half the range of an output; each sequence has equal weight.
    /// </summary>
    public double[] ComputeMeans(bool isTest)
    {
        var sums = new double[_outputs];
        double weights = 0.0;
        ForEachStep(isTest, (targets, weight) =>
        {
            weights += weight;
            for (int k = 0; k < targets.Length; k++)
                sums[k] += weight * targets[k];
        });
        return [.. sums.Select(sum => sum / weights)];
    }

    private void ForEachStep(bool isTest, Action<ReadOnlySpan<double>, double> add)
    {
        Purpose purpose = !isTest ? Purpose.TrainingSequences
            : _configuration.TestsOnValidation ? Purpose.ValidationSequences : Purpose.TestSequences;
        int count = isTest ? _configuration.TestSequences : _configuration.TrainingSequences;
        for (int number = 0; number < count; number++)
        {
            int length = _sequences.LengthOf(purpose, number, _configuration.MaxLength) + _sequences.Delay;
            int steps = _configuration.Task.HasTargetsAtEveryStep ? length : 1;
            _sequences.WriteLabels(
                purpose, number, _scratch.AsSpan(0, length * _configuration.Task.InputsPerStep),
                _labels.AsSpan(0, steps * _outputs));
            for (int step = 0; step < steps; step++)
                add(_labels.AsSpan(step * _outputs, _outputs), 1.0 / steps);
        }
    }
}
