using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>
/// Uniform noise on the inputs of somebody's own sequences, drawn on the lanes themselves. Each number is a function of
/// seed, trial, sequence, step and input alone: a sequence keeps its noise, and has the same with every delay.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="seed">The seed of the run.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="inputs">m, the inputs of a step.</param>
internal sealed class SequenceNoise<TLane>(ulong seed, int bundles, int inputs)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int blocks = (inputs + 1) / 2;                 // of two numbers, for a step
    private readonly LaneMemory<TLane> amplitudes = new(bundles);   // a
    private readonly LaneMemory<TLane> before = new(bundles);       // blocks before the sequence begins, negative
    private readonly LaneMemory<TLane> purposes = new(bundles);
    private readonly LaneMemory<TLane> trials = new(bundles);

    /// <summary>No lane has noise until it is said again.</summary>
    public void Clear() => amplitudes.Values.Clear();

    /// <summary>Says what noise the sequence of a lane has.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trial">Its trial.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="start">Steps that the lane waits.</param>
    public void SetLane(int lane, PresentedTrial trial, int sequence, int start)
    {
        Purpose purpose = trial.IsTest ? Purpose.TestNoise : Purpose.TrainingNoise;
        amplitudes.Numbers[lane] = trial.Task.Noise;
        before.Numbers[lane] = BitConverter.Int64BitsToDouble(-(long)start * blocks);
        purposes.Numbers[lane] = BitConverter.UInt64BitsToDouble(RandomNumbers.PurposeWord(purpose, sequence));
        trials.Numbers[lane] = BitConverter.UInt64BitsToDouble((uint)trial.Random.Trial);
    }

    /// <summary>Adds the noise to every lane whose sequence has begun.</summary>
    /// <param name="steps">[t − 1][bundle][input].</param>
    /// <param name="starts">[bundle]: steps that a lane waits.</param>
    /// <param name="from">The earliest step, from 0.</param>
    /// <param name="to">The step after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Row<TLane> steps, Row<TLane> starts, int from, int to)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), two = TLane.From(2.0), cell = TLane.FromBits(0);
        for (int b = 0; b < bundles; b++)
        {
            TLane amplitude = amplitudes.Values[b], start = starts[b];
            if (!TLane.AnyLess(zero, amplitude))
                continue;
            for (int t = from; t < to; t++)
            {
                // Where the sequence of a lane has not begun its counter is none of its own, and nothing is added.
                TLane own = TLane.WhereLess(start, TLane.From(t + 1), amplitude, zero);
                Row<TLane> step = steps.From(((t * bundles) + b) * inputs);
                for (int i = 0; i < inputs; i += 2)
                {
                    TLane block = TLane.AddBits(
                        TLane.FromBits((ulong)((t * (long)blocks) + (i / 2))), before.Values[b]);
                    RandomNumbers.Uniforms(
                        seed, block, purposes.Values[b], cell, trials.Values[b], out TLane first, out TLane second);
                    step[i] += own * ((two * first) - one);
                    if (i + 1 < inputs)
                        step[i + 1] += own * ((two * second) - one);
                }
            }
        }
    }
}
