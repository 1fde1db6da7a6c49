namespace LatchLab.Numerics;

/// <summary>The random numbers of one trial: what is left to say is what a number is for.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="RandomWord">The word of the cell.</param>
/// <param name="Trial">The number of the trial.</param>
public readonly record struct TrialRandom(ulong Seed, uint RandomWord, int Trial)
{
    /// <summary>Numbers uniform in [0, 1), one after another.</summary>
    public UniformStream CreateUniformStream(Purpose purpose, int item = 0)
        => new(Seed, purpose, item, RandomWord, (uint)Trial);

    /// <summary>These numbers all at once, in pairs.</summary>
    /// <param name="purpose">What they are for.</param>
    /// <param name="item">The item.</param>
    /// <param name="firstPair">The first pair: as many pairs come before it.</param>
    /// <param name="first">
    /// The first number of each pair, written: a multiple of <see cref="RandomNumbers.FillMultiple"/>.
    /// </param>
    /// <param name="second">The second one, written; as many.</param>
    public void FillUniforms(Purpose purpose, int item, int firstPair, Span<double> first, Span<double> second)
        => RandomNumbers.FillUniforms(
            Seed, RandomNumbers.PurposeWord(purpose, item), RandomWord, (uint)Trial, firstPair, first, second);
}
