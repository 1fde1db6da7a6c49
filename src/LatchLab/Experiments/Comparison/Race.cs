using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Comparison;

/// <summary>
/// All runs of one contender on one problem, at every noise and length. The same trial of two contenders has the same
/// initial parameters and training set, so they are compared in pairs.
/// </summary>
/// <param name="problem">The problem.</param>
/// <param name="contender">The contender.</param>
/// <param name="lengths">The values of T.</param>
/// <param name="noises">The values of the noise.</param>
/// <param name="outcomes">[noise][length] are the cells.</param>
public sealed class Race(
    Problem problem,
    Contender contender,
    IReadOnlyList<int> lengths,
    IReadOnlyList<double> noises,
    SweepOutcomes outcomes)
{
    /// <summary>An annealing that was ended before is not judged: it had no time to cool.</summary>
    public const int FewestTemperatures = 5;

    /// <summary>The problem.</summary>
    public Problem Problem => problem;

    /// <summary>The contender.</summary>
    public Contender Contender => contender;

    /// <summary>The values of T.</summary>
    public IReadOnlyList<int> Lengths => lengths;

    /// <summary>The values of the noise.</summary>
    public IReadOnlyList<double> Noises => noises;

    /// <summary>Presentations after which a run ended.</summary>
    public int Budget => outcomes.Sweep.Cells[0].Budget;

    /// <summary>The cell at a noise and a length.</summary>
    public ProblemCell Cell(int noise, int length)
        => (ProblemCell)outcomes.Sweep.Cells[(noise * lengths.Count) + length];

    /// <summary>The runs at a noise and a length, in the order of trials.</summary>
    public ReadOnlySpan<Outcome> Runs(int noise, int length) => outcomes.OfCell((noise * lengths.Count) + length);

    /// <summary>All runs, in an order that is the same for every contender.</summary>
    public IEnumerable<Outcome> AllRuns()
        => Enumerable.Range(0, outcomes.Sweep.Cells.Count).SelectMany(cell => outcomes.OfCell(cell).ToArray());

    /// <summary>The runs of all noises at a length.</summary>
    public IEnumerable<Outcome> AtLength(int length)
        => Enumerable.Range(0, noises.Count).SelectMany(noise => Runs(noise, length).ToArray());

    /// <summary>Whether a run says something about its contender.</summary>
    public bool IsJudged(in Outcome run)
        => run.Ending != Ending.OutOfPresentations
            || contender != Contenders.Annealing
            || run.Temperatures >= FewestTemperatures;

    /// <summary>How many of some runs learned; those that are not judged are left out.</summary>
    public Proportion Learned(IEnumerable<Outcome> runs)
    {
        int learned = 0, judged = 0;
        foreach (Outcome run in runs)
        {
            judged += IsJudged(run) ? 1 : 0;
            learned += IsJudged(run) && run.Converged ? 1 : 0;
        }

        return new(learned, judged);
    }

    /// <summary>Presentations until the task was learned; +∞ where it was not.</summary>
    public static double TimeToLearn(in Outcome run)
        => run.Converged ? run.Presentations : double.PositiveInfinity;

    /// <summary>Presentations until the run stopped; +∞ where only its budget ended it.</summary>
    public static double TimeToStop(in Outcome run)
        => run.Ending is Ending.Converged or Ending.Stuck ? run.Presentations : double.PositiveInfinity;

    /// <summary>
    /// The classification error after training; of a diverged run, whose network answers nothing, that of guessing.
    /// </summary>
    public static double Error(in Outcome run) => double.IsNaN(run.FreshError) ? 0.5 : run.FreshError;

    /// <summary>A quantity of this contender and another in the same trials, where both are judged.</summary>
    public IEnumerable<(double Ours, double Theirs)> Pairs(Race other, Func<Outcome, double> quantity)
        => AllRuns().Zip(other.AllRuns())
            .Where(pair => IsJudged(pair.First) && other.IsJudged(pair.Second))
            .Select(pair => (quantity(pair.First), quantity(pair.Second)));
}
