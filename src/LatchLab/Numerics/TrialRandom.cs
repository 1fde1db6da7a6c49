namespace LatchLab.Numerics;

/// <summary>The random numbers of one trial, selected by purpose and item.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="RandomWord">The word of the configuration.</param>
/// <param name="Trial">The number of the trial.</param>
public readonly record struct TrialRandom(ulong Seed, uint RandomWord, int Trial)
{
    /// <summary>Creates a stream of numbers, uniform in [0, 1).</summary>
    public UniformStream CreateUniformStream(Purpose purpose, int item = 0)
        => new(Seed, purpose, item, RandomWord, (uint)Trial);

    /// <summary>Writes the numbers of the same stream all at once, in pairs.</summary>
    /// <param name="purpose">The purpose of the numbers.</param>
    /// <param name="item">The item.</param>
    /// <param name="firstPair">Index of the first pair, from 0.</param>
    /// <param name="first">
    /// The first number of each pair, written: a multiple of <see cref="RandomNumbers.FillMultiple"/>.
    /// </param>
    /// <param name="second">The second number of each pair, written; as many.</param>
    public void FillUniforms(Purpose purpose, int item, int firstPair, Span<double> first, Span<double> second)
        => RandomNumbers.FillUniforms(
            Seed, RandomNumbers.PurposeWord(purpose, item), RandomWord, (uint)Trial, firstPair, first, second);

    /// <summary>Creates standard normal numbers.</summary>
    public double[] CreateGaussians(Purpose purpose, int item, int count)
    {
        var numbers = new double[count];
        FillGaussians(purpose, item, numbers);
        return numbers;
    }

    /// <summary>Writes standard normal numbers of one item.</summary>
    /// <param name="purpose">The purpose of the numbers.</param>
    /// <param name="item">The item.</param>
    /// <param name="numbers">Receives the numbers.</param>
    public void FillGaussians(Purpose purpose, int item, Span<double> numbers)
    {
        const int maxBlocks = 4 * RandomNumbers.FillMultiple;
        Span<double> rows = stackalloc double[RandomNumbers.GaussiansPerBlock * maxBlocks];
        for (int first = 0; first < numbers.Length; first += rows.Length)
        {
            FillGaussians(purpose, item, (uint)(first / RandomNumbers.GaussiansPerBlock), maxBlocks, rows);
            int count = Math.Min(numbers.Length - first, rows.Length);
            for (int i = 0; i < count; i++)
                numbers[first + i] = rows[(i % RandomNumbers.GaussiansPerBlock * maxBlocks)
                    + (i / RandomNumbers.GaussiansPerBlock)];
        }
    }

    /// <summary>
    /// Writes the four standard normal numbers of blocks: those of consecutive blocks of one item, then those of the
    /// same blocks of the next.
    /// </summary>
    /// <param name="purpose">The purpose of the numbers.</param>
    /// <param name="firstItem">The first item.</param>
    /// <param name="firstBlock">Index of the first block of each item.</param>
    /// <param name="blocksPerItem">Blocks of each item.</param>
    /// <param name="rows">
    /// [4][block], written: the j-th number of every block at [j]. Their number is a multiple of
    /// <see cref="RandomNumbers.FillMultiple"/>; the last item may have some of its blocks.
    /// </param>
    public void FillGaussians(
        Purpose purpose, int firstItem, uint firstBlock, int blocksPerItem, Span<double> rows)
    {
        int count = rows.Length / RandomNumbers.GaussiansPerBlock;
        for (int i = 0, item = firstItem; i < count; item++)
        {
            int end = Math.Min(count, i + blocksPerItem);
            rows[(count + i)..(count + end)].Fill(
                BitConverter.UInt64BitsToDouble(RandomNumbers.PurposeWord(purpose, item)));
            for (uint block = firstBlock; i < end; i++, block++)
                rows[i] = BitConverter.UInt64BitsToDouble(block);
        }

        rows.Slice(2 * count, count).Fill(BitConverter.UInt64BitsToDouble(RandomWord));
        rows.Slice(3 * count, count).Fill(BitConverter.UInt64BitsToDouble((uint)Trial));
        RandomNumbers.FillGaussians(Seed, rows, count);
    }
}
