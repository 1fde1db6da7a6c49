using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LatchLab.Numerics;

/// <summary>
/// The purpose of a random number. The values are part of the guarantee "same seed, same bytes": never renumber.
/// </summary>
public enum Purpose
{
    /// <summary>Initial values of trainable parameters.</summary>
    InitialParameters = 1,

    /// <summary>Input noise of the training sequences, drawn once.</summary>
    TrainingNoise = 2,

    /// <summary>Input noise drawn anew at every presentation.</summary>
    PresentationNoise = 3,

    /// <summary>Input noise of the test sequences.</summary>
    TestNoise = 4,

    /// <summary>The proposals and decisions of a gradient-free search.</summary>
    Search = 5,

    /// <summary>The decisions of stochastic units in the backward pass.</summary>
    DiscretePropagation = 6,

    /// <summary>The indices of a bootstrap resample.</summary>
    Resampling = 7,

    /// <summary>Lengths and inputs of the training sequences.</summary>
    TrainingSequences = 8,

    /// <summary>Lengths and inputs of the test sequences.</summary>
    TestSequences = 9,

    /// <summary>The key sequences of a trial.</summary>
    KeySequences = 10,

    /// <summary>
    /// The guesses of random guessing. They are independent of the searches with which it is compared.
    /// </summary>
    RandomGuessing = 11,

    /// <summary>Points of a state space from which orbits or searches start.</summary>
    StartingPoints = 12,

    /// <summary>Perturbations of the inputs of a system whose memory is measured.</summary>
    Perturbation = 13,

    /// <summary>Arbitrary directions of tangent vectors.</summary>
    TangentDirections = 14,

    /// <summary>
    /// Which sequences of a dataset are test sequences, and the order of presentation of sequences of equal length.
    /// </summary>
    Partition = 15,

    /// <summary>The order of the training sequences in an epoch.</summary>
    EpochOrder = 16,

    /// <summary>Orthogonal initial weights.</summary>
    OrthogonalMatrices = 17,

    /// <summary>Lengths and inputs of the validation sequences.</summary>
    ValidationSequences = 18,

    /// <summary>Input noise of the validation sequences.</summary>
    ValidationNoise = 19,

    /// <summary>
    /// The configurations that a search of settings tries, and the permutations that test the importance of a setting.
    /// </summary>
    Tuning = 21,
}

/// <summary>
/// A random number as a pure function of its purpose: (seed, configuration, trial, purpose, item, block) → four words
/// of 32 bits. The seed is the key of <see cref="Philox"/>, and the rest is its counter. No two purposes ever share a
/// number, and nothing depends on the order in which numbers are drawn.
/// </summary>
/// <remarks>Counter words: block; item·2⁸ + purpose (items below 2²⁴); configuration; trial.</remarks>
public static class RandomNumbers
{
    /// <summary>Version of this function. Any change of its bits requires a new version.</summary>
    public const string Version = "2";

    /// <summary>
    /// The number of blocks of a fill is a multiple of this: the number of lanes of the widest lane type.
    /// </summary>
    public const int FillMultiple = 8;

    /// <summary>Standard normal numbers of a block.</summary>
    public const int GaussiansPerBlock = 4;

    /// <summary>Largest item number.</summary>
    public const int MaximumItem = (1 << 24) - 1;

    /// <summary>The smallest multiple of <see cref="FillMultiple"/> that is at least this count.</summary>
    public static int RoundUpToFill(int count) => (count + FillMultiple - 1) / FillMultiple * FillMultiple;

    private static ReadOnlySpan<ulong> LaneOffsets => [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>The second counter word.</summary>
    public static ulong PurposeWord(Purpose purpose, int item) => ((ulong)item << 8) | (ulong)purpose;

    /// <summary>
    /// Four standard normal numbers from each of several blocks, each pair from two words of the block
    /// (<see cref="BoxMuller"/>).
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="words">
    /// [4][count]: block, purpose, configuration and trial; replaced by the numbers, the j-th of every block at [j].
    /// </param>
    /// <param name="count">Number of blocks.</param>
    public static void FillGaussians<TLane>(ulong seed, UncheckedSpan<TLane> words, int count)
        where TLane : unmanaged, IBitLane<TLane>
        => TLane.FillGaussians(seed, words, count);

    /// <summary>The same, one processor vector at a time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void FillGaussiansPerVector<TLane>(ulong seed, UncheckedSpan<TLane> words, int count)
        where TLane : unmanaged, IBitLane<TLane>
    {
        int i = 0;
        for (; i + 4 <= count; i += 4)    // four vectors share the keys of a round
        {
            Philox.GenerateBlock(
                seed, ref FourFrom(words, i), ref FourFrom(words, count + i), ref FourFrom(words, (2 * count) + i),
                ref FourFrom(words, (3 * count) + i));
        }

        for (; i < count; i++)
        {
            Philox.GenerateBlock(
                seed, ref words[i], ref words[count + i], ref words[(2 * count) + i], ref words[(3 * count) + i]);
        }

        BoxMuller.Transform(words, words.Slice(count), count);
        BoxMuller.Transform(words.Slice(2 * count), words.Slice(3 * count), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Unrolled4<TLane> FourFrom<TLane>(UncheckedSpan<TLane> words, int index)
        where TLane : unmanaged, IBitLane<TLane>
        => ref Unsafe.As<TLane, Unrolled4<TLane>>(ref words[index]);

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

    /// <summary>
    /// The same on the widest lanes of this machine; the numbers do not depend on the lane type of the run.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="words">[4][count]: the bits of the words, replaced by the numbers.</param>
    /// <param name="count">Number of blocks, a multiple of <see cref="FillMultiple"/>.</param>
    /// <exception cref="ArgumentException">The count is invalid.</exception>
    public static void FillGaussians(ulong seed, Span<double> words, int count)
    {
        if (count % FillMultiple != 0 || words.Length != GaussiansPerBlock * count)
            throw new ArgumentException($"The words of a multiple of {FillMultiple} blocks are needed.", nameof(count));
        if (LaneKind.Wide512.IsSupported)
            FillGaussians<Wide512>(seed, words);
        else if (LaneKind.Wide256.IsSupported)
            FillGaussians<Wide256>(seed, words);
        else if (LaneKind.Wide128.IsSupported)
            FillGaussians<Wide128>(seed, words);
        else
            FillGaussians<Scalar>(seed, words);
    }

    /// <summary>The same for a given lane type.</summary>
    internal static void FillGaussians<TLane>(ulong seed, Span<double> words)
        where TLane : unmanaged, IBitLane<TLane>
    {
        Span<TLane> lanes = MemoryMarshal.Cast<double, TLane>(words);
        FillGaussians(seed, new UncheckedSpan<TLane>(ref lanes[0]), lanes.Length / 4);
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
    /// Both numbers of consecutive blocks, computed in parallel on the widest lanes of this machine. They are the
    /// numbers that <see cref="UniformStream"/> draws one after another, and do not depend on the lane type of the run.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purposeWord">The second word of the counter.</param>
    /// <param name="randomWord">The third word.</param>
    /// <param name="trial">The fourth word.</param>
    /// <param name="firstBlock">The first block.</param>
    /// <param name="first">The first number of each block, written: a multiple of <see cref="FillMultiple"/>.</param>
    /// <param name="second">The second number of each block, written; as many.</param>
    /// <exception cref="ArgumentException">The lengths of the spans are invalid.</exception>
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

    /// <summary>The same for a given lane type.</summary>
    internal static void FillUniforms<TLane>(
        ulong seed, ulong purposeWord, uint randomWord, uint trial, int firstBlock, Span<double> first,
        Span<double> second)
        where TLane : unmanaged, IBitLane<TLane>
    {
        if (first.Length % FillMultiple != 0 || second.Length != first.Length)
            throw new ArgumentException($"The spans need equal lengths, a multiple of {FillMultiple}.", nameof(first));
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
