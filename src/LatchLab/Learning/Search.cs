namespace LatchLab.Learning;

/// <summary>
/// A gradient-free search with an ask-and-tell interface: it proposes a candidate, receives its cost and proposes the
/// next. An instance belongs to one trial and is independent of the network and the sequences. Spans are views that the
/// next <see cref="Tell"/> overwrites. To add one: implement these members in a separate file, and add a line to the
/// tests' <c>KnownSearches</c>.
/// </summary>
public interface ISearch
{
    /// <summary>
    /// The point to evaluate: every parameter of the network, including frozen ones, which do not change.
    /// </summary>
    ReadOnlySpan<double> Candidate { get; }

    /// <summary>
    /// A candidate with a cost above this limit is rejected, whatever the cost is. The evaluation may stop as soon as
    /// the known part of the mean exceeds the limit.
    /// </summary>
    double CostLimit { get; }

    /// <summary>
    /// The same for incorrect sequences: once a candidate has more than this many beyond those that a solution may
    /// have, the rest of its evaluation has no effect.
    /// </summary>
    int IncorrectLimit { get; }

    /// <summary>The best point so far; the starting point before the first <see cref="Tell"/>.</summary>
    ReadOnlySpan<double> Best { get; }

    /// <summary>The cost of <see cref="Best"/>; +∞ until a finite cost is received.</summary>
    double BestCost { get; }

    /// <summary>
    /// Whether the search is stuck (footnote 1 of the paper); <see cref="Candidate"/> is then undefined.
    /// </summary>
    bool HasStopped { get; }

    /// <summary>
    /// What the search reports of itself, in the order of <see cref="LearnerDefinition.DiagnosticNames"/>.
    /// </summary>
    IReadOnlyList<double> Diagnostics => [];

    /// <summary>Receives the evaluation of <see cref="Candidate"/> and proposes the next candidate.</summary>
    /// <exception cref="InvalidOperationException">The search has stopped.</exception>
    void Tell(in Evaluation evaluation);
}

/// <summary>The evaluation of a candidate on the training sequences.</summary>
/// <param name="Cost">
/// Mean cost over all sequences; if the evaluation stopped at <see cref="ISearch.CostLimit"/>, the known part of it,
/// which exceeds the limit. A cost that is not finite rejects the candidate.
/// </param>
/// <param name="CorrectPrefixLength">
/// Number of correct sequences before the first incorrect one, in the order of the training set. If a solution may have
/// incorrect sequences, those before the first one that exceeds the allowed number.
/// </param>
public readonly record struct Evaluation(double Cost, int CorrectPrefixLength);
