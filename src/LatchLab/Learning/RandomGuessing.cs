using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Settings of <see cref="GuessingSearch"/>.</summary>
public sealed record RandomGuessing : SearchDefinition
{
    /// <inheritdoc/>
    public override string Name => "random-guessing";

    /// <inheritdoc/>
    public override string Meaning
        => "all parameters drawn afresh until all sequences are right: the baseline that the paper lacks";

    /// <inheritdoc/>
    public override bool IsPatient => true;

    /// <summary>Half the width of the interval of guesses.</summary>
    [Setting(
        "random guessing draws parameters uniform between minus and plus this",
        "Schmidhuber, Hochreiter, Bengio, \"Evaluating benchmark problems by random guessing\"",
        Minimum = 0,
        AboveMinimum = true,
        Maximum = 1e100)]
    public double GuessRange { get; init; } = 100;

    /// <summary>Apart from the numbers of the searches, which it is compared with.</summary>
    protected override Purpose RandomNumbersFor => Purpose.Guesses;

    /// <inheritdoc/>
    protected override ISearch Begin(SearchSpace space, ReadOnlySpan<double> start, UniformDraws uniforms)
        => new GuessingSearch(space, this, start, uniforms);
}

/// <summary>
/// Random weight guessing (Schmidhuber, Hochreiter, Bengio, "Evaluating benchmark problems by random guessing"): every
/// candidate is drawn afresh, all free parameters uniform in the range and their bounds, until one has all sequences
/// right. The baseline that the paper lacks; it learns nothing from one guess for the next and never stops by itself.
/// </summary>
/// <remarks>
/// A guess may be left at its first wrong sequence, or at the first that is one too many. The best is therefore not the
/// one of least cost but the one with most sequences right before that, the earlier of two; and <see cref="BestCost"/>
/// is what was told of it, the cost of a whole set only where not too many were wrong.
/// </remarks>
public sealed class GuessingSearch : ISearch
{
    private readonly SearchSpace space;
    private readonly double range;
    private readonly UniformDraws uniforms;
    private readonly double[] candidate;
    private readonly double[] best;
    private int bestRight = -1;

    /// <summary>A search whose first candidate is a guess, too.</summary>
    /// <param name="space">What is free, and its bounds.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="start">Every parameter; of those that are free nothing is used.</param>
    /// <param name="uniforms">Random numbers of this search alone.</param>
    /// <exception cref="InputException">The start is not in the space, or a bound excludes all guesses.</exception>
    public GuessingSearch(
        SearchSpace space, RandomGuessing settings, ReadOnlySpan<double> start, UniformDraws uniforms)
    {
        this.space = space;
        this.uniforms = uniforms;
        range = settings.GuessRange;
        candidate = space.Start(start);
        best = space.Start(start);
        foreach (int i in space.Free)
        {
            if (space.Lower(i) > range || space.Upper(i) < -range)
            {
                throw new InputException(
                    "", "guess-range", FormattableString.Invariant(
                        $"{range} reaches no value of parameter {i}, {space.Lower(i)} to {space.Upper(i)}"));
            }
        }

        Guess();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Candidate => candidate;

    /// <inheritdoc/>
    public double CostLimit => double.PositiveInfinity;

    /// <inheritdoc/>
    public int WrongLimit => 0;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Best => best;

    /// <inheritdoc/>
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool HasStopped => false;

    /// <inheritdoc/>
    public void Tell(in Evaluation evaluation)
    {
        if (double.IsFinite(evaluation.Cost) && evaluation.Right > bestRight)
        {
            candidate.CopyTo(best, 0);
            BestCost = evaluation.Cost;
            bestRight = evaluation.Right;
        }

        Guess();
    }

    private void Guess()
    {
        foreach (int i in space.Free)
            candidate[i] = uniforms.Next(Math.Max(space.Lower(i), -range), Math.Min(space.Upper(i), range));
    }
}
