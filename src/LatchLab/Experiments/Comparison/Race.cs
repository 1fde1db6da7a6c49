using LatchLab.Experiments.Statistics;
using LatchLab.Learning;

namespace LatchLab.Experiments.Comparison;

/// <summary>
/// All runs of one contender on one problem, at every noise and length. The same trial of two contenders has the same
/// initial parameters and training set, so they are compared in pairs.
/// </summary>
/// <remarks>
/// An annealing that its budget ended before it had finished <see cref="FewestTemperatures"/> is not judged: it had no
/// time to cool. Then no other run of the same cell is judged either, for those that are left would be the lucky ones.
/// </remarks>
/// <param name="problem">The problem.</param>
/// <param name="contender">The contender.</param>
/// <param name="lengths">The values of T, ascending.</param>
/// <param name="noises">The values of the noise.</param>
/// <param name="outcomes">[noise][length] are the cells.</param>
public sealed class Race(
    Problem problem,
    Contender contender,
    IReadOnlyList<int> lengths,
    IReadOnlyList<double> noises,
    SweepOutcomes outcomes)
{
    /// <summary>Temperatures that an annealing must have finished.</summary>
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

    /// <summary>The runs of the cell at a noise and a length, in the order of trials.</summary>
    public Outcome[] Runs(int noise, int length) => outcomes.OfCell((noise * lengths.Count) + length).ToArray();

    /// <summary>These runs, or none if the cell is not judged.</summary>
    public Outcome[] Judged(int noise, int length)
    {
        Outcome[] runs = Runs(noise, length);
        return runs.Any(HadNoTimeToCool) ? [] : runs;
    }

    /// <summary>The judged runs of all noises at a length.</summary>
    public IEnumerable<Outcome> JudgedAt(int length)
        => Enumerable.Range(0, noises.Count).SelectMany(noise => Judged(noise, length));

    /// <summary>All judged runs.</summary>
    public IEnumerable<Outcome> AllJudged => Enumerable.Range(0, lengths.Count).SelectMany(JudgedAt);

    /// <summary>Whether a run is an annealing that ended too early to say anything.</summary>
    public bool HadNoTimeToCool(Outcome run)
        => contender.Learner is SimulatedAnnealing
            && run.Ending == Ending.OutOfPresentations
            && run.Temperatures < FewestTemperatures;

    /// <summary>The runs of this contender and of another in the same trials, where both are judged.</summary>
    /// <returns>Each pair with the index of its noise.</returns>
    /// <exception cref="ArgumentException">The other race was not run on the same trials.</exception>
    public IEnumerable<(Outcome Ours, Outcome Theirs, int Noise)> Pairs(Race other)
    {
        if (!Trials.SequenceEqual(other.Trials))
            throw new ArgumentException("The races were not run on the same trials.", nameof(other));
        return from noise in Enumerable.Range(0, noises.Count)
               from length in Enumerable.Range(0, lengths.Count)
               from pair in Judged(noise, length).Zip(other.Judged(noise, length))
               select (pair.First, pair.Second, noise);
    }

    /// <summary>How many of some runs learned.</summary>
    public static Proportion Learned(IEnumerable<Outcome> runs)
    {
        Outcome[] all = [.. runs];
        return new(all.Count(run => run.Converged), all.Length);
    }

    /// <summary>Presentations until the task was learned; +∞ where it was not.</summary>
    public static double TimeToLearn(Outcome run) => run.Converged ? run.Presentations : double.PositiveInfinity;

    /// <summary>Presentations until the run stopped by itself; +∞ where its budget ended it or it diverged.</summary>
    public static double TimeToStop(Outcome run)
        => run.Ending is Ending.Converged or Ending.Stuck ? run.Presentations : double.PositiveInfinity;

    /// <summary>
    /// The classification error after training; of a diverged run, whose network answers nothing, that of guessing.
    /// </summary>
    public static double Error(Outcome run) => double.IsNaN(run.FreshError) ? 0.5 : run.FreshError;

    /// <summary>What makes the trials of each cell.</summary>
    private IEnumerable<(uint RandomWord, int Count)> Trials
        => outcomes.Sweep.Cells.Select(cell => (cell.RandomWord, outcomes.Sweep.Trials));
}
