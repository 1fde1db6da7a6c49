using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Uniform noise on the inputs of somebody's own sequences, drawn on the lanes themselves. Each number is a function of
/// seed, trial, sequence, step and input alone: a sequence keeps its noise, and has the same with every delay.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="seed">The seed of the run.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="inputCount">m, the inputs of a step.</param>
internal sealed class UniformInputNoise<TLane>(ulong seed, int bundles, int inputCount)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _blocksPerStep = (inputCount + 1) / 2;                 // of two numbers, for a step
    private readonly LaneMemory<TLane> _amplitudes = new(bundles);   // a
    // blocks before the sequence begins, negative
    private readonly LaneMemory<TLane> _blockOffsets = new(bundles);
    private readonly LaneMemory<TLane> _purposeWords = new(bundles);
    private readonly LaneMemory<TLane> _trialWords = new(bundles);

    /// <summary>No lane has noise until it is said again.</summary>
    public void Clear() => _amplitudes.Values.Clear();

    /// <summary>Says what noise the sequence of a lane has.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trial">Its trial.</param>
    /// <param name="sequenceIndex">The sequence.</param>
    /// <param name="startOffset">Steps that the lane waits.</param>
    public void SetLane(int lane, DatasetTrial trial, int sequenceIndex, int startOffset)
    {
        Purpose purpose = trial.IsTest ? Purpose.TestNoise : Purpose.TrainingNoise;
        _amplitudes.Doubles[lane] = trial.Task.Noise;
        _blockOffsets.Doubles[lane] = BitConverter.Int64BitsToDouble(-(long)startOffset * _blocksPerStep);
        _purposeWords.Doubles[lane] = BitConverter.UInt64BitsToDouble(
            RandomNumbers.PurposeWord(purpose, sequenceIndex));
        _trialWords.Doubles[lane] = BitConverter.UInt64BitsToDouble((uint)trial.Random.Trial);
    }

    /// <summary>Adds the noise to every lane whose sequence has begun.</summary>
    /// <param name="inputNumbers">[t − 1][bundle][input].</param>
    /// <param name="starts">[bundle]: steps that a lane waits.</param>
    /// <param name="firstStep">The earliest step, from 0.</param>
    /// <param name="endStep">The step after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(UncheckedSpan<TLane> inputNumbers, UncheckedSpan<TLane> starts, int firstStep, int endStep)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), two = TLane.From(2.0),
            configurationWord = TLane.FromBits(0);
        for (int b = 0; b < bundles; b++)
        {
            TLane amplitude = _amplitudes.Values[b], startOffset = starts[b];
            if (!TLane.AnyLess(zero, amplitude))
                continue;
            for (int t = firstStep; t < endStep; t++)
            {
                // Where the sequence of a lane has not begun its counter is none of its own, and nothing is added.
                TLane laneAmplitude = TLane.WhereLess(startOffset, TLane.From(t + 1), amplitude, zero);
                UncheckedSpan<TLane> stepInputs = inputNumbers.Slice(((t * bundles) + b) * inputCount);
                for (int i = 0; i < inputCount; i += 2)
                {
                    TLane blockWord = TLane.AddUInt64(
                        TLane.FromBits((ulong)((t * (long)_blocksPerStep) + (i / 2))), _blockOffsets.Values[b]);
                    RandomNumbers.GenerateUniforms(
                        seed, blockWord, _purposeWords.Values[b], configurationWord, _trialWords.Values[b],
                        out TLane first, out TLane second);
                    stepInputs[i] += laneAmplitude * ((two * first) - one);
                    if (i + 1 < inputCount)
                        stepInputs[i + 1] += laneAmplitude * ((two * second) - one);
                }
            }
        }
    }
}
