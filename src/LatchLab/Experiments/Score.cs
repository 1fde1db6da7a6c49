using System.Runtime.CompilerServices;
using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>
/// The score of every lane in a pass: how many of its outputs were right, what they cost, and the error signal of each.
/// A lane counts no further once the fate of its candidate is decided, so that its score does not depend on when its
/// neighbours' are.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="scoring">How outputs are compared with targets.</param>
/// <param name="outputs">k, the outputs of a network.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="stopsEarly">Whether lanes have limits.</param>
internal sealed class Score<TLane>(Scoring scoring, int outputs, int bundles, bool stopsEarly)
    where TLane : unmanaged, IBitLane<TLane>
{
    // By more than rounding can make of the limit of a mean and that of a sum.
    private const double Margin = 1.0 + 1e-12;

    private readonly OutputComparison<TLane> comparison = new(scoring, outputs);
    private readonly LaneMemory<TLane> counted = new(bundles);      // sequences of the pass that count
    private readonly LaneMemory<TLane> costLimits = new(bundles);   // of the sum
    private readonly LaneMemory<TLane> wrongLimits = new(bundles);  // −1 where nobody waits for the lane
    private readonly LaneMemory<TLane> allowed = new(bundles);      // wrong ones that a solution may have
    private readonly LaneMemory<TLane> rights = new(bundles);
    private readonly LaneMemory<TLane> wrongs = new(bundles);
    private readonly LaneMemory<TLane> firstRights = new(bundles);  // right before one too many is wrong
    private readonly LaneMemory<TLane> presented = new(bundles);
    private readonly LaneMemory<TLane> costs = new(bundles);
    private readonly LaneMemory<TLane> errors = new(bundles * outputs);

    /// <summary>∂C/∂x_T of the last presentation: [bundle][output].</summary>
    public Row<TLane> Errors => errors.Row(0, errors.Length);

    /// <summary>Whether no lane needs the rest of the pass.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Sets how many sequences of the next pass count for a lane, and when its fate is decided.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="sequences">The first so many count.</param>
    /// <param name="search">The search whose candidate is evaluated; null where nothing is decided early.</param>
    /// <param name="mostWrong">Wrong sequences that a solution of the search may have.</param>
    public void SetLane(int lane, int sequences, ISearch? search, int mostWrong = 0)
    {
        allowed.Numbers[lane] = mostWrong;
        counted.Numbers[lane] = sequences;
        costLimits.Numbers[lane] = search is null ? double.PositiveInfinity : search.CostLimit * sequences * Margin;
        wrongLimits.Numbers[lane] = (double?)search?.WrongLimit + mostWrong ?? double.PositiveInfinity;
    }

    /// <summary>Nobody waits for the lane.</summary>
    public void Rest(int lane)
    {
        counted.Numbers[lane] = 0.0;
        wrongLimits.Numbers[lane] = -1.0;
    }

    /// <summary>Begins a pass.</summary>
    public void Clear()
    {
        rights.Values.Clear();
        wrongs.Values.Clear();
        firstRights.Values.Clear();
        presented.Values.Clear();
        costs.Values.Clear();
        IsDecided = false;
    }

    /// <summary>What the pass showed of a lane.</summary>
    public PassResult Of(int lane) => new((int)rights.Numbers[lane], costs.Numbers[lane])
    {
        Presented = (int)presented.Numbers[lane],
        RightBeforeWrong = (int)firstRights.Numbers[lane],
    };

    /// <summary>Scores the outputs of the presentation that was the last.</summary>
    /// <param name="learner">The networks.</param>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="p">Its number in the pass.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Learner<TLane> learner, in Sequence<TLane> sequence, int p)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), index = TLane.From(p);
        Row<TLane> signals = Errors;
        bool anyUndecided = !stopsEarly;
        for (int b = 0; b < bundles; b++)
        {
            TLane right = comparison.Compare(learner, sequence, b, signals.From(b * outputs), out TLane cost);
            TLane counts = TLane.WhereLess(index, counted.Values[b], one, zero);
            if (stopsEarly)
            {
                counts = TLane.WhereLess(zero, Decided(b), zero, counts);
                TLane first = TLane.WhereLess(allowed.Values[b], wrongs.Values[b], zero, right);
                firstRights.Values[b] += TLane.WhereLess(zero, counts, first, zero);
                wrongs.Values[b] += TLane.WhereLess(zero, counts, one - right, zero);
                presented.Values[b] += counts;
            }

            rights.Values[b] += TLane.WhereLess(zero, counts, right, zero);
            costs.Values[b] += TLane.WhereLess(zero, counts, cost, zero);
            if (stopsEarly && !anyUndecided)
            {
                anyUndecided = TLane.AnyLess(Decided(b), one);
            }
        }

        IsDecided = !anyUndecided;
    }

    /// <summary>
    /// 1 where the rest of the pass changes nothing: there are too many wrong ones, or the cost is too high and more
    /// are wrong than may be. A candidate without so many may be the solution, whatever its cost.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private TLane Decided(int bundle)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), wrong = wrongs.Values[bundle];
        TLane flawed = TLane.WhereLess(allowed.Values[bundle], wrong, one, zero);
        TLane decided = TLane.WhereLess(costLimits.Values[bundle], costs.Values[bundle], flawed, zero);
        return TLane.WhereLess(wrongLimits.Values[bundle], wrong, one, decided);
    }
}
