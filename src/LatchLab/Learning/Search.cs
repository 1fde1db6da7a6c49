using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A gradient-free search with an ask-and-tell interface: it proposes a candidate, receives its cost and proposes the
/// next. An instance belongs to one trial and is independent of the network and the sequences. Spans are views that the
/// next <see cref="Tell"/> overwrites. To add one: derive from this class in a separate file, and add a line to the
/// tests' <c>KnownSearches</c>.
/// </summary>
/// <param name="space">The trainable parameters and their bounds.</param>
/// <param name="start">Value of every parameter; the trainable ones lie within their bounds.</param>
/// <param name="uniforms">The random numbers of this search, used by no other.</param>
/// <exception cref="ValidationException">The start is not in the space.</exception>
public abstract class Search(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
{
    private readonly double[] _best = space.ValidateAndCopy(start);

    /// <summary>
    /// The point to evaluate: every parameter of the network, including frozen ones, which do not change.
    /// </summary>
    public ReadOnlySpan<double> Candidate => Point;

    /// <summary>
    /// A candidate with a cost above this limit is rejected, whatever the cost is. The evaluation may stop as soon as
    /// the known part of the mean exceeds the limit.
    /// </summary>
    public abstract double CostLimit { get; }

    /// <summary>
    /// The same for incorrect sequences: once a candidate has more than this many beyond those that a solution may
    /// have, the rest of its evaluation has no effect.
    /// </summary>
    public virtual int IncorrectLimit => int.MaxValue;

    /// <summary>The best point so far; the starting point before the first <see cref="Tell"/>.</summary>
    public ReadOnlySpan<double> Best => _best;

    /// <summary>The cost of <see cref="Best"/>; +∞ until a finite cost is received.</summary>
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <summary>
    /// Whether the search is stuck (footnote 1 of the paper); <see cref="Candidate"/> is then undefined.
    /// </summary>
    public bool HasStopped { get; protected set; }

    /// <summary>The current temperature T of simulated annealing; NaN if the search has none.</summary>
    public virtual double Temperature => double.NaN;

    /// <summary>
    /// What the search reports of itself, in the order of <see cref="LearnerDefinition.DiagnosticNames"/>.
    /// </summary>
    public virtual IReadOnlyList<double> Diagnostics => [];

    /// <summary>The candidate, which the search changes.</summary>
    protected double[] Point { get; } = space.ValidateAndCopy(start);

    /// <summary>The trainable parameters and their bounds.</summary>
    protected SearchSpace Space => space;

    /// <summary>The random numbers of this search.</summary>
    protected UniformStream Uniforms => uniforms;

    /// <summary>Receives the evaluation of <see cref="Candidate"/> and proposes the next candidate.</summary>
    /// <exception cref="InvalidOperationException">The search has stopped.</exception>
    public void Tell(in Evaluation evaluation)
    {
        if (HasStopped)
            throw new InvalidOperationException("the search has stopped");
        Receive(evaluation);
        if (!HasStopped)
            Propose();
    }

    /// <summary>Saves or restores what has changed since the search began.</summary>
    public void TransferState(StateTransfer state)
    {
        state.Transfer(Point);
        state.Transfer(_best);
        BestCost = state.Transfer(BestCost);
        HasStopped = state.Transfer(HasStopped);
        uniforms.MoveTo(state.Transfer(uniforms.Item), state.Transfer(uniforms.DrawnCount));
        TransferOwnState(state);
    }

    /// <summary>Saves or restores what the kind of search adds to this.</summary>
    protected abstract void TransferOwnState(StateTransfer state);

    /// <summary>Receives the evaluation of the candidate.</summary>
    protected abstract void Receive(in Evaluation evaluation);

    /// <summary>Changes the candidate to the next one.</summary>
    protected abstract void Propose();

    /// <summary>Makes the candidate the best point.</summary>
    protected void KeepAsBest(double cost)
    {
        Point.CopyTo(_best, 0);
        BestCost = cost;
    }
}

/// <summary>The evaluation of a candidate on the training sequences.</summary>
/// <param name="Cost">
/// Mean cost over all sequences; if the evaluation stopped at <see cref="Search.CostLimit"/>, the known part of it,
/// which exceeds the limit. A cost that is not finite rejects the candidate.
/// </param>
/// <param name="CorrectPrefixLength">
/// Number of correct sequences before the first incorrect one, in the order of the training set. If a solution may have
/// incorrect sequences, those before the first one that exceeds the allowed number.
/// </param>
public readonly record struct Evaluation(double Cost, int CorrectPrefixLength);
