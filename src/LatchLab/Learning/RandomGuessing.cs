using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Settings of <see cref="GuessingSearch"/>.</summary>
public sealed record RandomGuessing : SearchDefinition
{
    /// <inheritdoc/>
    public override string Name => "random-guessing";

    /// <inheritdoc/>
    public override string Description
        => "all parameters drawn afresh until all sequences are right: the baseline that the paper lacks";

    /// <inheritdoc/>
    public override bool NeedsLargeBudget => true;

    /// <summary>Half the width of the interval of guesses.</summary>
    [Setting(
        "random guessing draws parameters uniform between minus and plus this",
        "Schmidhuber, Hochreiter, Bengio, \"Evaluating benchmark problems by random guessing\"",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100)]
    public double GuessRange { get; init; } = 100;

    /// <summary>Apart from the numbers of the searches, which it is compared with.</summary>
    protected override Purpose RandomPurpose => Purpose.RandomGuessing;

    /// <inheritdoc/>
    protected override ISearch BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
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
    private readonly SearchSpace _space;
    private readonly double _range;
    private readonly UniformStream _uniforms;
    private readonly double[] _candidate;
    private readonly double[] _best;
    private int _bestCorrectPrefixLength = -1;

    /// <summary>A search whose first candidate is a guess, too.</summary>
    /// <param name="space">What is free, and its bounds.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="start">Every parameter; of those that are free nothing is used.</param>
    /// <param name="uniforms">Random numbers of this search alone.</param>
    /// <exception cref="ValidationException">The start is not in the space, or a bound excludes all
    /// guesses.</exception>
    public GuessingSearch(
        SearchSpace space, RandomGuessing settings, ReadOnlySpan<double> start, UniformStream uniforms)
    {
        this._space = space;
        this._uniforms = uniforms;
        _range = settings.GuessRange;
        _candidate = space.ValidateAndCopy(start);
        _best = space.ValidateAndCopy(start);
        foreach (int i in space.TrainableParameters)
        {
            if (space.LowerBound(i) > _range || space.UpperBound(i) < -_range)
            {
                throw new ValidationException(
                    "", "guess-range", FormattableString.Invariant(
                        $"{_range} reaches no value of parameter {i}, {space.LowerBound(i)} to {space.UpperBound(i)}"));
            }
        }

        DrawCandidate();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Candidate => _candidate;

    /// <inheritdoc/>
    public double CostLimit => double.PositiveInfinity;

    /// <inheritdoc/>
    public int IncorrectLimit => 0;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Best => _best;

    /// <inheritdoc/>
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool HasStopped => false;

    /// <inheritdoc/>
    public void Tell(in Evaluation evaluation)
    {
        if (double.IsFinite(evaluation.Cost) && evaluation.CorrectPrefixLength > _bestCorrectPrefixLength)
        {
            _candidate.CopyTo(_best, 0);
            BestCost = evaluation.Cost;
            _bestCorrectPrefixLength = evaluation.CorrectPrefixLength;
        }

        DrawCandidate();
    }

    private void DrawCandidate()
    {
        foreach (int i in _space.TrainableParameters)
            _candidate[i] = _uniforms.Next(Math.Max(_space.LowerBound(i), -_range),
                Math.Min(_space.UpperBound(i), _range));
    }
}
