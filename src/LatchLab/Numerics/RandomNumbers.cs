using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LatchLab.Numerics;

/// <summary>What a random number is for. The values are part of "same seed, same bytes": never renumber.</summary>
public enum Purpose
{
    /// <summary>Initial values of trainable parameters.</summary>
    InitialParameters = 1,

    /// <summary>Input noise of the training sequences, drawn once.</summary>
    TrainingNoise = 2,

    /// <summary>Input noise drawn afresh at every presentation.</summary>
    PresentationNoise = 3,

    /// <summary>Input noise of fresh sequences that test what was learned.</summary>
    TestNoise = 4,

    /// <summary>The moves and decisions of a search without gradients.</summary>
    Search = 5,

    /// <summary>The decisions of units that propagate errors by chance.</summary>
    DiscretePropagation = 6,

    /// <summary>Which values of a sample stand in a resample of the bootstrap.</summary>
    Resampling = 7,

    /// <summary>Lengths and inputs of the training sequences.</summary>
    TrainingSequences = 8,

    /// <summary>Lengths and inputs of fresh sequences.</summary>
    TestSequences = 9,

    /// <summary>The key sequences of a trial.</summary>
    KeySequences = 10,

    /// <summary>
    /// The guesses of random guessing: apart from those of the searches, which it is compared with.
    /// </summary>
    RandomGuessing = 11,

    /// <summary>Points of a state space from which orbits or searches start.</summary>
    StartingPoints = 12,

    /// <summary>Inputs that disturb a system whose memory is studied.</summary>
    Perturbation = 13,

    /// <summary>Arbitrary directions of tangent vectors.</summary>
    TangentDirections = 14,

    /// <summary>Which sequences of a data set test, and in what order those of one length are presented.</summary>
    Partition = 15,
}

/// <summary>
/// A random number as a pure function of what it is for: (seed, cell, trial, purpose, item, block) → four words of 32
/// bits. The seed is the key of <see cref="Philox"/>, the rest its counter, so that no two purposes ever share a number
/// and nothing depends on the order in which numbers are drawn.
/// </summary>
/// <remarks>Counter words: block; item·2⁸ + purpose (items below 2²⁴); cell; trial.</remarks>
public static class RandomNumbers
{
    /// <summary>Version of the mapping from purpose to number. A change of any bit of it gets a new version.</summary>
    public const string Version = "1";

    /// <summary>Numbers that are filled in together: those of the widest lane.</summary>
    public const int FillMultiple = 8;

    /// <summary>Largest item number.</summary>
    public const int MaximumItem = (1 << 24) - 1;

    private static ReadOnlySpan<ulong> LaneOffsets => [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>The second counter word.</summary>
    public static ulong PurposeWord(Purpose purpose, int item) => ((ulong)item << 8) | (ulong)purpose;

    /// <summary>
    /// Four standard normal numbers from each of several blocks, each pair from two words of the block
    /// (<see cref="BoxMuller"/>).
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="words">
    /// [4][count]: block, purpose, cell and trial; replaced by the numbers, the j-th of every block at [j].
    /// </param>
    /// <param name="count">Number of blocks.</param>
    public static void FillGaussians<TLane>(ulong seed, UncheckedSpan<TLane> words, int count)
        where TLane : unmanaged, IBitLane<TLane>
        => TLane.FillGaussians(seed, words, count);

    /// <summary>The same, vector by vector of the processor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void FillGaussiansPerVector<TLane>(ulong seed, UncheckedSpan<TLane> words, int count)
        where TLane : unmanaged, IBitLane<TLane>
    {
        for (int i = 0; i < count; i++)
        {
            Philox.GenerateBlock(
                seed, ref words[i], ref words[count + i], ref words[(2 * count) + i], ref words[(3 * count) + i]);
        }

        BoxMuller.Transform(words, words.Slice(count), count);
        BoxMuller.Transform(words.Slice(2 * count), words.Slice(3 * count), count);
    }

    /// <summary>The four standard normal numbers of one block.</summary>
    public static void FillGaussians<TLane>(
        ulong seed, TLane block, TLane purposeWord, TLane randomWord, TLane trial, Span<TLane> normals)
        where TLane : unmanaged, IBitLane<TLane>
    {
        normals[3] = trial;
        normals[2] = randomWord;
        normals[1] = purposeWord;
        normals[0] = block;
        FillGaussians(seed, new UncheckedSpan<TLane>(ref normals[0]), count: 1);
    }

    /// <summary>Two numbers, uniform in [0, 1) in steps of 2⁻⁵², from one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GenerateUniforms<TLane>(
        ulong seed, TLane block, TLane purposeWord, TLane randomWord, TLane trial, out TLane first, out TLane second)
        where TLane : unmanaged, IBitLane<TLane>
    {
        Philox.GenerateBlock(seed, ref block, ref purposeWord, ref randomWord, ref trial);
        first = ToUniform(block, purposeWord);
        second = ToUniform(randomWord, trial);
    }

    /// <summary>
    /// Both numbers of neighbouring blocks, blocks side by side on the widest lanes of this machine: those that
    /// <see cref="UniformStream"/> draws in turn. Whatever the lanes of a run are: so are its sequences drawn.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purposeWord">The second word of the counter.</param>
    /// <param name="randomWord">The third word.</param>
    /// <param name="trial">The fourth word.</param>
    /// <param name="firstBlock">The first block.</param>
    /// <param name="first">The first number of each block, written: a multiple of <see cref="FillMultiple"/>.</param>
    /// <param name="second">The second one, written; as many.</param>
    /// <exception cref="ArgumentException">The spans have other lengths.</exception>
    public static void FillUniforms(
        ulong seed, ulong purposeWord, uint randomWord, uint trial, int firstBlock, Span<double> first,
        Span<double> second)
    {
        if (LaneKind.Wide512.IsSupported)
            FillUniforms<Wide512>(seed, purposeWord, randomWord, trial, firstBlock, first, second);
        else if (LaneKind.Wide256.IsSupported)
            FillUniforms<Wide256>(seed, purposeWord, randomWord, trial, firstBlock, first, second);
        else if (LaneKind.Wide128.IsSupported)
            FillUniforms<Wide128>(seed, purposeWord, randomWord, trial, firstBlock, first, second);
        else
            FillUniforms<Scalar>(seed, purposeWord, randomWord, trial, firstBlock, first, second);
    }

    /// <summary>The same on lanes of a type.</summary>
    internal static void FillUniforms<TLane>(
        ulong seed, ulong purposeWord, uint randomWord, uint trial, int firstBlock, Span<double> first,
        Span<double> second)
        where TLane : unmanaged, IBitLane<TLane>
    {
        if (first.Length % FillMultiple != 0 || second.Length != first.Length)
            throw new ArgumentException($"Both spans need one length, a multiple of {FillMultiple}.", nameof(first));
        Span<TLane> firstLanes = MemoryMarshal.Cast<double, TLane>(first),
            secondLanes = MemoryMarshal.Cast<double, TLane>(second);
        TLane block = TLane.AddUInt64(
            MemoryMarshal.Cast<ulong, TLane>(LaneOffsets)[0], TLane.FromBits((ulong)firstBlock));
        TLane purposeLane = TLane.FromBits(purposeWord), randomWordLane = TLane.FromBits(randomWord),
            trialLane = TLane.FromBits(trial);
        for (int i = 0; i < firstLanes.Length; i++)
        {
            GenerateUniforms(seed, block, purposeLane, randomWordLane, trialLane, out firstLanes[i],
                out secondLanes[i]);
            block = TLane.AddUInt64(block, TLane.FromBits((ulong)TLane.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ToUniform<TLane>(TLane high, TLane low)
        where TLane : unmanaged, IBitLane<TLane>
    {
        // 32 + 20 bits below the exponent of 1 give a number in [1, 2).
        const ulong one = 0x3FF0_0000_0000_0000;
        TLane mantissa = (Philox.LowWord(high) << 20) | (Philox.LowWord(low) >>> 12);
        return (mantissa | TLane.FromBits(one)) - TLane.From(1.0);
    }
}
