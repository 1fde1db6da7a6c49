using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Uniform noise on the inputs of a dataset, computed for all lanes at once. Each number depends only on seed, trial,
/// sequence, step and input. A sequence therefore has the same noise in every pass and with every delay.
/// </summary>
/// <param name="seed">The seed of the run.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="inputCount">Number m of inputs per step.</param>
internal sealed class UniformInputNoise<TLane>(ulong seed, int bundles, int inputCount)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _blocksPerStep = (inputCount + 1) / 2;     // blocks of two numbers
    private readonly LaneMemory<TLane> _amplitudes = new(bundles);  // a
    // minus the number of blocks before the sequence begins
    private readonly LaneMemory<TLane> _blockOffsets = new(bundles);
    private readonly LaneMemory<TLane> _purposeWords = new(bundles);
    private readonly LaneMemory<TLane> _trialWords = new(bundles);

    /// <summary>Removes the noise of all lanes until <see cref="SetLane"/> is called.</summary>
    public void Clear() => _amplitudes.Values.Clear();

    /// <summary>Sets the noise of the sequence of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trial">The trial in the lane.</param>
    /// <param name="sequenceIndex">Index of the sequence.</param>
    /// <param name="startOffset">Steps before the sequence begins.</param>
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
    /// <param name="starts">[bundle]: steps before the sequence of a lane begins.</param>
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
                // Before the sequence of a lane begins its counter is not valid, so the amplitude is 0.
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
