using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Settings of <see cref="GuessingSearch"/>.</summary>
public sealed record RandomGuessing : SearchDefinition
{
    public override string Name => "random-guessing";

    public override string Description
        => "all parameters drawn at random until all sequences are correct: a baseline not in the paper";

    public override bool NeedsLargeBudget => true;

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

    protected override Search BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
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
/// equal ones it is the earlier. <see cref="Search.BestCost"/> is the cost received for it, which is that of the whole
/// set only if its evaluation did not stop early.
/// </remarks>
internal sealed class GuessingSearch : Search
{
    private readonly double _range;
    private int _bestCorrectPrefixLength = -1;

    /// <exception cref="ValidationException">
    /// The start is not in the space, or a bound excludes all guesses.
    /// </exception>
    public GuessingSearch(
        SearchSpace space, RandomGuessing settings, ReadOnlySpan<double> start, UniformStream uniforms)
        : base(space, start, uniforms)
    {
        _range = settings.GuessRange;
        foreach (int i in space.TrainableParameters)
        {
            if (space.LowerBound(i) > _range || space.UpperBound(i) < -_range)
            {
                throw new ValidationException(
                    "", "guess-range", FormattableString.Invariant(
                        $"{_range} reaches no value of parameter {i}, {space.LowerBound(i)} to {space.UpperBound(i)}"));
            }
        }

        Propose();
    }

    public override double CostLimit => double.PositiveInfinity;

    public override int IncorrectLimit => 0;

    protected override void TransferOwnState(StateTransfer state)
        => _bestCorrectPrefixLength = state.Transfer(_bestCorrectPrefixLength);

    protected override void Receive(in Evaluation evaluation)
    {
        if (double.IsFinite(evaluation.Cost) && evaluation.CorrectPrefixLength > _bestCorrectPrefixLength)
        {
            KeepAsBest(evaluation.Cost);
            _bestCorrectPrefixLength = evaluation.CorrectPrefixLength;
        }
    }

    protected override void Propose()
    {
        foreach (int i in Space.TrainableParameters)
            Point[i] = Uniforms.Next(Math.Max(Space.LowerBound(i), -_range), Math.Min(Space.UpperBound(i), _range));
    }
}
