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
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="stopsEarly">Whether lanes have limits.</param>
internal sealed class Score<TLane>(Scoring scoring, int bundles, bool stopsEarly)
    where TLane : unmanaged, IBitLane<TLane>
{
    // By more than rounding can make of the limit of a mean and that of a sum.
    private const double Margin = 1.0 + 1e-12;

    private readonly LaneMemory<TLane> counted = new(bundles);      // sequences of the pass that count
    private readonly LaneMemory<TLane> costLimits = new(bundles);   // of the sum
    private readonly LaneMemory<TLane> wrongLimits = new(bundles);  // −1 where nobody waits for the lane
    private readonly LaneMemory<TLane> rights = new(bundles);
    private readonly LaneMemory<TLane> wrongs = new(bundles);
    private readonly LaneMemory<TLane> firstRights = new(bundles);  // right before the first wrong one
    private readonly LaneMemory<TLane> presented = new(bundles);
    private readonly LaneMemory<TLane> costs = new(bundles);
    private readonly LaneMemory<TLane> errors = new(bundles);

    /// <summary>∂C/∂x_T of the last presentation: [bundle].</summary>
    public Row<TLane> Errors => errors.Row(0, bundles);

    /// <summary>Whether no lane needs the rest of the pass.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Sets how many sequences of the next pass count for a lane, and when its fate is decided.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="sequences">The first so many count.</param>
    /// <param name="search">The search whose candidate is evaluated; null where nothing is decided early.</param>
    public void SetLane(int lane, int sequences, ISearch? search)
    {
        counted.Numbers[lane] = sequences;
        costLimits.Numbers[lane] = search is null ? double.PositiveInfinity : search.CostLimit * sequences * Margin;
        wrongLimits.Numbers[lane] = search?.WrongLimit ?? double.PositiveInfinity;
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
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), half = TLane.From(0.5), index = TLane.From(p);
        TLane middle = TLane.From(scoring.Middle), distance = TLane.From(scoring.Distance);
        bool anyUndecided = !stopsEarly;
        for (int b = 0; b < bundles; b++)
        {
            TLane output = learner.Output(sequence.Length, b), sign = sequence.Sign[b];
            TLane difference = output - TLane.FusedMultiplyAdd(sign, distance, middle);
            TLane right = IsRight(output, sign, difference);
            TLane counts = TLane.WhereLess(index, counted.Values[b], one, zero);
            if (stopsEarly)
            {
                counts = TLane.WhereLess(zero, Decided(b), zero, counts);
                TLane first = TLane.WhereLess(zero, wrongs.Values[b], zero, right);
                firstRights.Values[b] += TLane.WhereLess(zero, counts, first, zero);
                wrongs.Values[b] += TLane.WhereLess(zero, counts, one - right, zero);
                presented.Values[b] += counts;
            }

            rights.Values[b] += TLane.WhereLess(zero, counts, right, zero);
            costs.Values[b] += TLane.WhereLess(zero, counts, half * difference * difference, zero);
            errors.Values[b] = Error(output, sign, difference, right);
            if (stopsEarly && !anyUndecided)
            {
                anyUndecided = TLane.AnyLess(Decided(b), one);
            }
        }

        IsDecided = !anyUndecided;
    }

    /// <summary>
    /// 1 where the rest of the pass changes nothing: there are too many wrong ones, or the cost is too high and one is
    /// wrong. A candidate without a wrong one may be the solution, whatever its cost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Decided(int bundle)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), wrong = wrongs.Values[bundle];
        TLane flawed = TLane.WhereLess(zero, wrong, one, zero);
        TLane decided = TLane.WhereLess(costLimits.Values[bundle], costs.Values[bundle], flawed, zero);
        return TLane.WhereLess(wrongLimits.Values[bundle], wrong, one, decided);
    }

    /// <summary>1 or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane IsRight(TLane output, TLane sign, TLane difference)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0);
        if (scoring.Tolerance == 0.0)
            return TLane.WhereLess(zero, (output - TLane.From(scoring.Middle)) * sign, one, zero);
        TLane distance = TLane.WhereLess(difference, zero, -difference, difference);
        return TLane.WhereLess(distance, TLane.From(scoring.Tolerance), one, zero);
    }

    /// <summary>∂C/∂x_T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Error(TLane output, TLane sign, TLane difference, TLane right)
    {
        TLane zero = TLane.From(0.0), error = difference;
        if (scoring.Criterion == ErrorCriterion.Absolute)
        {
            error = TLane.WhereLess(zero, difference, TLane.From(1.0), TLane.WhereLess(
                difference, zero, TLane.From(-1.0), zero));
        }
        else if (scoring.Criterion == ErrorCriterion.CrossEntropy)
        {
            // (p − q)/(p(1 − p))·dp/dx = (x − d)/((R − x)(R + x)), x and d from the middle of a range of ±R; at the
            // very end of the range the slope of the unit is 0 anyway.
            TLane range = TLane.From(scoring.HalfRange), place = output - TLane.From(scoring.Middle);
            TLane product = (range - place) * (range + place), least = TLane.From(1e-15);
            error = difference / TLane.WhereLess(least, product, product, least);
        }

        return scoring.OnlyWrong ? TLane.WhereLess(zero, right, zero, error) : error;
    }
}
