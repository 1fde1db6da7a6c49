namespace LatchLab.Numerics;

/// <summary>
/// Uniform numbers drawn one after another, for an algorithm whose next draw depends on the previous numbers. The n-th
/// number is the n-th of its (seed, purpose, item, configuration, trial), so that trials never share a number and a
/// trial can be run alone.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="purpose">The purpose of the numbers.</param>
/// <param name="item">The item, up to <see cref="RandomNumbers.MaximumItem"/>.</param>
/// <param name="randomWord">The word of the configuration.</param>
/// <param name="trial">The trial.</param>
public sealed class UniformStream(ulong seed, Purpose purpose, int item, uint randomWord, uint trial)
{
    private int _item = item;
    private ulong _block;
    private double _bufferedSecond;
    private bool _hasBufferedSecond;

    /// <summary>The item of the numbers.</summary>
    public int Item => _item;

    /// <summary>How many numbers were drawn.</summary>
    public ulong DrawnCount => (2 * _block) - (_hasBufferedSecond ? 1UL : 0UL);

    /// <summary>Continues after another number of draws.</summary>
    /// <param name="newItem">The item.</param>
    /// <param name="drawnCount">Numbers of this item that were drawn.</param>
    public void MoveTo(int newItem, ulong drawnCount)
    {
        (_item, _block, _hasBufferedSecond) = (newItem, drawnCount / 2, false);
        if (drawnCount % 2 == 1)
            Next();
    }

    /// <summary>The next number, in [0, 1).</summary>
    /// <exception cref="InvalidOperationException">All 2³³ numbers of the stream were drawn.</exception>
    public double Next()
    {
        if (_hasBufferedSecond)
        {
            _hasBufferedSecond = false;
            return _bufferedSecond;
        }

        if (_block > uint.MaxValue)
            throw new InvalidOperationException("all 2^33 numbers were drawn");
        RandomNumbers.GenerateUniforms(
            seed,
            Scalar.FromBits(_block++),
            Scalar.FromBits(RandomNumbers.PurposeWord(purpose, _item)),
            Scalar.FromBits(randomWord),
            Scalar.FromBits(trial),
            out Scalar first,
            out Scalar secondOfPair);
        _bufferedSecond = secondOfPair.Value;
        _hasBufferedSecond = true;
        return first.Value;
    }

    /// <summary>
    /// The next number between two finite bounds whose distance is finite; by rounding, either bound may occur.
    /// </summary>
    public double Next(double lower, double upper)
        => Math.Min(upper, lower + (Next() * (upper - lower)));
}
