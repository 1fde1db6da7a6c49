using System.Buffers;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The sequences of a trial on a dataset: its training, validation and test sequences, numbered by length (the shortest
/// first), and the scaling of inputs and labels.
/// </summary>
/// <remarks>
/// Each number of the noise depends only on seed, trial, sequence, step and input. A sequence therefore has the same
/// noise in every pass and with every delay.
/// </remarks>
internal sealed class DatasetTrialSequences : TrialSequences
{
    private readonly DatasetTask _task;
    private readonly Dataset _dataset;
    private readonly int _inputCount;
    private readonly int[] _trainingSequences;  // [number]
    private readonly int[] _testSequences;      // [number]
    private readonly int[] _validationSequences;    // [number]
    private readonly InputScaling _inputScaling;
    private readonly LabelScale _labelScale;

    /// <summary>Splits, orders and scales the dataset for a trial.</summary>
    /// <param name="task">The task.</param>
    /// <param name="random">The random numbers of the dataset: the same for every network and learner.</param>
    public DatasetTrialSequences(DatasetTask task, TrialRandom random)
    {
        _task = task;
        _dataset = task.Dataset ?? throw new InvalidOperationException("The dataset of the task has not been read.");
        _inputCount = _dataset.InputNames.Count;
        Random = random;
        TrainTestSplit split = TrainTestSplit.Create(_dataset, task.TestShare, random, task.ValidationShare);
        _trainingSequences = Rank(split.Training, Purpose.TrainingSequences);
        _testSequences = Rank(split.Test, Purpose.TestSequences);
        _validationSequences = Rank(split.Validation, Purpose.ValidationSequences);
        _inputScaling = InputScaling.Fit(
            _dataset, split.Training, task.CountPresentedSteps(_dataset.MaximumLength), task.Normalisation);
        _labelScale = task.LabelScale;

        int[] Rank(IReadOnlyList<int> sequences, Purpose purpose)
            => PresentationOrder.RankByLength(_dataset, sequences, purpose, random);
    }

    public override TrialRandom Random { get; }

    /// <summary>The normalisation of the inputs, fitted to the training sequences.</summary>
    public InputScaling InputScaling => _inputScaling;

    public override int Delay => _task.DelaySteps;

    public override int LengthOf(Purpose purpose, int number, int maxLength)
        => _task.CountPresentedSteps(_dataset.LengthOf(GetSequence(purpose, number)));

    public override void Write(Purpose purpose, int number, Span<double> inputs, Span<double> labels)
    {
        int sequence = GetSequence(purpose, number), fullLength = _dataset.LengthOf(sequence),
            presentedLength = _task.CountPresentedSteps(fullLength);
        _dataset.ReadSteps(sequence, fullLength - presentedLength, inputs[..(presentedLength * _inputCount)]);
        inputs[(presentedLength * _inputCount)..].Clear();
        _inputScaling.Normalise(inputs[..(presentedLength * _inputCount)]);
        if (_task.Noise > 0.0)
            AddNoise(purpose == Purpose.TestSequences ? Purpose.TestNoise : Purpose.TrainingNoise, sequence, inputs);
        WriteLabels(purpose, number, scratch: default, labels);
    }

    public override void WriteLabels(Purpose purpose, int number, Span<double> scratch, Span<double> labels)
    {
        int sequence = GetSequence(purpose, number), fullLength = _dataset.LengthOf(sequence);
        if (_dataset.HasStepLabels)
        {
            _labelScale.WriteStepTargets(
                _dataset, sequence, fullLength - _task.CountPresentedSteps(fullLength), labels, _task.Outputs);
        }
        else
        {
            _labelScale.WriteTargets(_dataset, sequence, labels);
        }
    }

    /// <summary>The sequence of the dataset.</summary>
    internal int GetSequence(Purpose purpose, int number)
        => (purpose switch
        {
            Purpose.TestSequences => _testSequences,
            Purpose.ValidationSequences => _validationSequences,
            _ => _trainingSequences,
        })[number];

    /// <summary>Adds uniform noise: two numbers for two inputs of a step.</summary>
    private void AddNoise(Purpose purpose, int sequence, Span<double> inputs)
    {
        int blocksPerStep = (_inputCount + 1) / 2, steps = inputs.Length / _inputCount,
            paddedCount = RandomNumbers.RoundUpToFill(steps * blocksPerStep);
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * paddedCount);
        Span<double> first = buffer.AsSpan(0, paddedCount), second = buffer.AsSpan(paddedCount, paddedCount);
        Random.FillUniforms(purpose, sequence, firstPair: 0, first, second);
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < _inputCount; i++)
            {
                double uniform = (i % 2 == 0 ? first : second)[(t * blocksPerStep) + (i / 2)];
                inputs[(t * _inputCount) + i] += _task.Noise * ((2.0 * uniform) - 1.0);
            }
        }

        ArrayPool<double>.Shared.Return(buffer);
    }
}
