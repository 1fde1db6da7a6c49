using System.Runtime.CompilerServices;
using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The score of every lane in a pass: how many of its outputs were right, what they cost, and the error signal of each.
/// A lane counts no further once the fate of its candidate is decided, so that its score does not depend on when its
/// neighbours' are.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="scoring">How outputs are compared with targets.</param>
/// <param name="outputCount">k, the outputs of a network.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="canStopEarly">Whether lanes have limits.</param>
internal sealed class EpochScores<TLane>(Scoring scoring, int outputCount, int bundles, bool canStopEarly)
    where TLane : unmanaged, IBitLane<TLane>
{
    // By more than rounding can make of the limit of a mean and that of a sum.
    private const double RoundingMargin = 1.0 + 1e-12;

    private readonly OutputLoss<TLane> _loss = new(scoring, outputCount);
    private readonly LaneMemory<TLane> _countedSequences = new(bundles);      // sequences of the pass that count
    private readonly LaneMemory<TLane> _costSumLimits = new(bundles);   // of the sum
    private readonly LaneMemory<TLane> _incorrectLimits = new(bundles);  // −1 where nobody waits for the lane
    private readonly LaneMemory<TLane> _allowedIncorrect = new(bundles);      // wrong ones that a solution may have
    private readonly LaneMemory<TLane> _correctCounts = new(bundles);
    private readonly LaneMemory<TLane> _incorrectCounts = new(bundles);
    private readonly LaneMemory<TLane> _correctPrefixLengths = new(bundles);  // right before one too many is wrong
    private readonly LaneMemory<TLane> _presentedCounts = new(bundles);
    private readonly LaneMemory<TLane> _costSums = new(bundles);
    private readonly LaneMemory<TLane> _outputGradients = new(bundles * outputCount);

    /// <summary>∂C/∂x_T of the last presentation: [bundle][output].</summary>
    public UncheckedSpan<TLane> OutputGradients => _outputGradients.Slice(0, _outputGradients.Length);

    /// <summary>Whether no lane needs the rest of the pass.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Sets how many sequences of the next pass count for a lane, and when its fate is decided.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="sequenceCount">The first so many count.</param>
    /// <param name="search">The search whose candidate is evaluated; null where nothing is decided early.</param>
    /// <param name="maxIncorrect">Wrong sequences that a solution of the search may have.</param>
    public void SetLane(int lane, int sequenceCount, ISearch? search, int maxIncorrect = 0)
    {
        _allowedIncorrect.Doubles[lane] = maxIncorrect;
        _countedSequences.Doubles[lane] = sequenceCount;
        _costSumLimits.Doubles[lane] = search is null ? double.PositiveInfinity
            : search.CostLimit * sequenceCount * RoundingMargin;
        _incorrectLimits.Doubles[lane] = (double?)search?.IncorrectLimit + maxIncorrect ?? double.PositiveInfinity;
    }

    /// <summary>Nobody waits for the lane.</summary>
    public void Deactivate(int lane)
    {
        _countedSequences.Doubles[lane] = 0.0;
        _incorrectLimits.Doubles[lane] = -1.0;
    }

    /// <summary>Begins a pass.</summary>
    public void Clear()
    {
        _correctCounts.Values.Clear();
        _incorrectCounts.Values.Clear();
        _correctPrefixLengths.Values.Clear();
        _presentedCounts.Values.Clear();
        _costSums.Values.Clear();
        IsDecided = false;
    }

    /// <summary>What the pass showed of a lane.</summary>
    public EpochResult GetResult(int lane) => new((int)_correctCounts.Doubles[lane], _costSums.Doubles[lane])
    {
        PresentedCount = (int)_presentedCounts.Doubles[lane],
        CorrectPrefixLength = (int)_correctPrefixLengths.Doubles[lane],
    };

    /// <summary>Scores the outputs of the presentation that was the last.</summary>
    /// <param name="learner">The networks.</param>
    /// <param name="batch">The sequence that was presented.</param>
    /// <param name="p">Its number in the pass.</param>
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
    /// 1 where the rest of the pass changes nothing: there are too many wrong ones, or the cost is too high and more
    /// are wrong than may be. A candidate without so many may be the solution, whatever its cost.
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
