namespace LatchLab.Learning;

/// <summary>
/// A search without gradients, as a dialogue: it proposes a point, is told its cost, and proposes the next. An instance
/// is one trial; it knows neither the network nor the sequences. Spans are views that the next <see cref="Tell"/>
/// changes. To add one: implement these members in a file of its own, and a line in the tests' <c>KnownSearches</c>.
/// </summary>
public interface ISearch
{
    /// <summary>The point to evaluate: every parameter of the network, held ones included and unchanged.</summary>
    ReadOnlySpan<double> Candidate { get; }

    /// <summary>
    /// A candidate with a cost above this is rejected, whatever that cost is: whoever evaluates may stop as soon as the
    /// part of the mean that is already known says so.
    /// </summary>
    double CostLimit { get; }

    /// <summary>
    /// The same for the number of wrong sequences: beyond this many more than a solution may have, the rest of the
    /// candidate's evaluation changes nothing.
    /// </summary>
    int IncorrectLimit { get; }

    /// <summary>The best point so far; before the first cost is told, the point the search started from.</summary>
    ReadOnlySpan<double> Best { get; }

    /// <summary>The cost told of <see cref="Best"/>; +∞ as long as no finite cost was told.</summary>
    double BestCost { get; }

    /// <summary>Whether it is stuck (footnote 1 of the paper); <see cref="Candidate"/> has then no meaning.</summary>
    bool HasStopped { get; }

    /// <summary>Temperatures finished so far; 0 where there are none.</summary>
    int Temperatures => 0;

    /// <summary>Takes the answer to <see cref="Candidate"/> and proposes the next.</summary>
    /// <exception cref="InvalidOperationException">It has stopped.</exception>
    void Tell(in Evaluation evaluation);
}

/// <summary>What became of a candidate on the training sequences.</summary>
/// <param name="Cost">
/// Mean cost over all sequences; where the evaluation was stopped at <see cref="ISearch.CostLimit"/>, the part that was
/// known, itself above the limit. A cost that is not a finite number rejects the candidate.
/// </param>
/// <param name="CorrectPrefixLength">
/// Number of sequences that were right before the first wrong one (if a solution may have some, before the first that
/// is one too many), in the order of the training set.
/// </param>
public readonly record struct Evaluation(double Cost, int CorrectPrefixLength);
