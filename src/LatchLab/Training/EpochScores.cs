using System.Runtime.CompilerServices;
using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The score of every lane in a pass: the number of correct sequences, their cost, and the output gradients. A lane
/// stops counting once its candidate is decided, so its score does not depend on when neighbouring lanes stop.
/// </summary>
/// <param name="scoring">How outputs are compared with targets.</param>
/// <param name="outputCount">Number of outputs of a network.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="canStopEarly">Whether lanes have limits.</param>
/// <param name="maxLength">T of the longest trial, for targets at every step.</param>
internal sealed class EpochScores<TLane>(
    Scoring scoring, int outputCount, int bundles, bool canStopEarly, int maxLength = 1)
    where TLane : unmanaged, IBitLane<TLane>
{
    // Exceeds the largest rounding difference between a limit on the mean and a limit on the sum.
    private const double RoundingMargin = 1.0 + 1e-12;

    private readonly OutputLoss<TLane> _loss = new(scoring, bundles, outputCount);
    private readonly LaneMemory<TLane> _countedSequences = new(bundles);  // sequences that count
    private readonly LaneMemory<TLane> _costSumLimits = new(bundles);     // limit of the cost sum
    private readonly LaneMemory<TLane> _incorrectLimits = new(bundles);   // −1 in an inactive lane
    private readonly LaneMemory<TLane> _allowedIncorrect = new(bundles);  // limit for a solution
    private readonly LaneMemory<TLane> _correctCounts = new(bundles);
    private readonly LaneMemory<TLane> _incorrectCounts = new(bundles);
    private readonly LaneMemory<TLane> _correctPrefixLengths = new(bundles);    // correct until the limit is exceeded
    private readonly LaneMemory<TLane> _presentedCounts = new(bundles);
    private readonly LaneMemory<TLane> _costSums = new(bundles);
    private readonly LaneMemory<TLane> _outputGradients = new(
        checked((scoring.HasTargetsAtEveryStep ? maxLength : 1) * bundles * outputCount));

    /// <summary>
    /// ∂C/∂x_T of the last presentation: [bundle][output]. With targets at every step, ∂C/∂x_t at [t −
    /// 1][bundle][output] from its earliest start on; 0 before the start of a lane.
    /// </summary>
    public UncheckedSpan<TLane> OutputGradients => _outputGradients.Slice(0, _outputGradients.Length);

    /// <summary>Whether no lane needs the rest of the pass.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Sets how many sequences of the next pass count for a lane, and when it stops early.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="sequenceCount">Number of sequences that count, from the first.</param>
    /// <param name="search">The search whose candidate is evaluated; null if the lane never stops early.</param>
    /// <param name="maxIncorrect">Incorrect sequences that a solution of the search may have.</param>
    public void SetLane(int lane, int sequenceCount, Search? search, int maxIncorrect = 0)
    {
        _allowedIncorrect.Doubles[lane] = maxIncorrect;
        _countedSequences.Doubles[lane] = sequenceCount;
        _costSumLimits.Doubles[lane] = search is null ? double.PositiveInfinity
            : search.CostLimit * sequenceCount * RoundingMargin;
        _incorrectLimits.Doubles[lane] = (double?)search?.IncorrectLimit + maxIncorrect ?? double.PositiveInfinity;
    }

    /// <summary>Makes a lane inactive: the pass does not wait for it.</summary>
    public void Deactivate(int lane)
    {
        _countedSequences.Doubles[lane] = 0.0;
        _incorrectLimits.Doubles[lane] = -1.0;
    }

    /// <summary>Resets the scores for a new pass.</summary>
    public void Clear()
    {
        _correctCounts.Values.Clear();
        _incorrectCounts.Values.Clear();
        _correctPrefixLengths.Values.Clear();
        _presentedCounts.Values.Clear();
        _costSums.Values.Clear();
        IsDecided = false;
    }

    public EpochResult GetResult(int lane) => new((int)_correctCounts.Doubles[lane], _costSums.Doubles[lane])
    {
        PresentedCount = (int)_presentedCounts.Doubles[lane],
        CorrectPrefixLength = (int)_correctPrefixLengths.Doubles[lane],
    };

    /// <summary>Scores the outputs of the last presentation.</summary>
    /// <param name="learner">The networks.</param>
    /// <param name="batch">The sequence that was presented.</param>
    /// <param name="p">The index of the sequence in the pass.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Learner<TLane> learner, in SequenceBatch<TLane> batch, int p)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), index = TLane.From(p);
        UncheckedSpan<TLane> outputGradients = OutputGradients;
        bool anyUndecided = !canStopEarly;
        for (int b = 0; b < bundles; b++)
        {
            TLane isCorrect = _loss.Evaluate(learner, batch, b, outputGradients.Slice(b * outputCount), out TLane cost);
            TLane counts = TLane.WhereLess(index, _countedSequences.Values[b], one, zero);
            if (canStopEarly)
            {
                counts = TLane.WhereLess(zero, ComputeDecided(b), zero, counts);
                TLane inPrefix = TLane.WhereLess(_allowedIncorrect.Values[b], _incorrectCounts.Values[b], zero,
                    isCorrect);
                _correctPrefixLengths.Values[b] += TLane.WhereLess(zero, counts, inPrefix, zero);
                _incorrectCounts.Values[b] += TLane.WhereLess(zero, counts, one - isCorrect, zero);
                _presentedCounts.Values[b] += counts;
            }

            _correctCounts.Values[b] += TLane.WhereLess(zero, counts, isCorrect, zero);
            _costSums.Values[b] += TLane.WhereLess(zero, counts, cost, zero);
            if (canStopEarly && !anyUndecided)
            {
                anyUndecided = TLane.AnyLess(ComputeDecided(b), one);
            }
        }

        IsDecided = !anyUndecided;
    }

    /// <summary>
    /// Returns 1 where the rest of the pass cannot change the decision, otherwise 0. A candidate is rejected if too
    /// many sequences are incorrect, or if its cost exceeds the limit and more sequences are incorrect than a solution
    /// may have. With fewer incorrect sequences it can still be the solution, whatever its cost.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private TLane ComputeDecided(int bundle)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), incorrect = _incorrectCounts.Values[bundle];
        TLane exceedsAllowed = TLane.WhereLess(_allowedIncorrect.Values[bundle], incorrect, one, zero);
        TLane decided = TLane.WhereLess(_costSumLimits.Values[bundle], _costSums.Values[bundle], exceedsAllowed, zero);
        return TLane.WhereLess(_incorrectLimits.Values[bundle], incorrect, one, decided);
    }
}
