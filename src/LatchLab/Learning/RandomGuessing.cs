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
        => "all parameters drawn at random until all sequences are correct: a baseline not in the paper";

    /// <inheritdoc/>
    public override bool NeedsLargeBudget => true;

    /// <inheritdoc/>
    public override bool UsesInitialParameters => false;

    /// <summary>Half the width of the interval of guesses.</summary>
    [Setting(
        "random guessing draws parameters uniformly between minus and plus this value",
        "Schmidhuber, Hochreiter, Bengio, \"Evaluating benchmark problems by random guessing\"",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100, Probe = "2")]
    public double GuessRange { get; init; } = 100;

    /// <summary>
    /// A purpose of its own: the random numbers differ from those of the searches that it is compared with.
    /// </summary>
    protected override Purpose RandomPurpose => Purpose.RandomGuessing;

    /// <inheritdoc/>
    protected override ISearch BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
        => new GuessingSearch(space, this, start, uniforms);
}

/// <summary>
/// Random weight guessing (Schmidhuber, Hochreiter, Bengio, "Evaluating benchmark problems by random guessing"): every
/// candidate is drawn independently, all trainable parameters uniform in the range and their bounds, until one is
/// correct on all sequences. It is a baseline that the paper does not have. A candidate does not depend on earlier
/// evaluations, and the search never stops by itself.
/// </summary>
/// <remarks>
/// The evaluation of a guess may stop at its first incorrect sequence, or at the first that exceeds the allowed number.
/// Therefore the best guess is the one with most correct sequences before that, not the one with the least cost; of two
/// equal ones it is the earlier. <see cref="BestCost"/> is the cost received for it, which is that of the whole set
/// only if its evaluation did not stop early.
/// </remarks>
public sealed class GuessingSearch : ISearch
{
    private readonly SearchSpace _space;
    private readonly double _range;
    private readonly UniformStream _uniforms;
    private readonly double[] _candidate;
    private readonly double[] _best;
    private int _bestCorrectPrefixLength = -1;

    /// <summary>A search whose first candidate is a random guess.</summary>
    /// <param name="space">The trainable parameters and their bounds.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="start">Value of every parameter; those of trainable parameters are validated but not used.</param>
    /// <param name="uniforms">The random numbers of this search, used by no other.</param>
    /// <exception cref="ValidationException">The start is not in the space, or a bound excludes all
    /// guesses.</exception>
    public GuessingSearch(
        SearchSpace space, RandomGuessing settings, ReadOnlySpan<double> start, UniformStream uniforms)
    {
        _space = space;
        _uniforms = uniforms;
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
