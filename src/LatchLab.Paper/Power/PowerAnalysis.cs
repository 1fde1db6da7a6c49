using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Paper.Power;

/// <summary>
/// A bank of trials on a seed that no figure uses, and what it shows about the tests of the claims before the runs that
/// they judge: the trials that each claim needs, and how often each verdict is wrong.
/// </summary>
public sealed class PowerAnalysis
{
    private readonly ReproductionSettings _settings;
    private readonly IReadOnlyList<IExperiment> _experiments;
    private readonly ulong _seed;

    /// <summary>Plans the bank.</summary>
    /// <param name="trials">The trials of each configuration.</param>
    /// <param name="claims">The numbers of the claims; empty for all.</param>
    /// <param name="seed">The seed.</param>
    public PowerAnalysis(int trials, IReadOnlyList<int> claims, ulong seed)
    {
        Resolution resolution = Resolution.Standard;
        _seed = seed;
        _settings = new()
        {
            Claims = claims,
            Resolution = resolution with
            {
                Runs = trials,
                Trials = trials,
                Comparison = resolution.Comparison with { ComparedTrials = trials },
            },
        };
        _experiments = [.. KnownExperiments.All.Where(experiment => experiment is ITrialClaims
            && (claims.Count == 0 || KnownExperiments.Tests(experiment, claims)))];
        Plans = [.. _experiments.Select(experiment => ExperimentSweepPlan.Create(experiment, _settings, seed) with
        {
            LoggedTrials = 0,
        })];
    }

    /// <summary>The default seed of the bank, which no figure and no tuning uses.</summary>
    public const ulong Seed = 535_353;

    /// <summary>The fewest trials of a bank: as many as the claims need to be tested at all.</summary>
    public static int LeastTrials => Resolution.Standard.Trials;

    /// <summary>The numbers of the claims that are tested on trials.</summary>
    public static IReadOnlyList<int> ClaimNumbers { get; }
        = [.. ClaimTable.OnTrials.Select(row => row.Number).Distinct().Order()];

    /// <summary>The sweeps of the bank.</summary>
    public IReadOnlyList<SweepPlan> Plans { get; }

    /// <summary>Simulates each claim.</summary>
    /// <param name="outcomes">The outcomes of the <see cref="Plans"/>, in their order.</param>
    /// <param name="dataSets">The synthetic data sets of each error rate.</param>
    /// <param name="threads">The number of threads; the results do not depend on it.</param>
    /// <param name="cancellation">Cancels the simulation.</param>
    public IEnumerable<SimulatedClaim> Simulate(
        IReadOnlyList<IReadOnlyList<SweepOutcomes>> outcomes, int dataSets, int threads,
        CancellationToken cancellation)
    {
        var simulation = new ClaimSimulation(_seed, dataSets, threads);
        return from entry in _experiments.Zip(outcomes)
               from sample in ((ITrialClaims)entry.First).CollectClaims(_settings, entry.Second)
               where sample.Missing is null
               select simulation.Simulate(
                   sample,
                   ((ITrialClaims)entry.First).GetTrials(Resolution.Standard),
                   cancellation).Result;
    }
}
