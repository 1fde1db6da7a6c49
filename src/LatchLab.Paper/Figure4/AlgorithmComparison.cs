using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Figure 4: the six algorithms of the paper and random guessing on its three problems: classification error and
/// presentations against T, with and without input noise. Further figures show the initial box of multi-grid search and
/// the other interpretations of algorithms and problems.
/// </summary>
internal sealed class AlgorithmComparison : IExperiment, ITrialClaims
{
    private static readonly double[] Noises = [0.0, Problem.PaperNoise];

    public string Id => "figure-4";

    public string Title => "Comparison of learning algorithms";

    public IReadOnlyList<string> VariedFields => Problem.VariedFields;

    public ReportOptions SweepReport { get; } = new()
    {
        Layout = ReportOptions.Comparison,
        X = "task.length",
    };

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        return
        [
            .. from run in EnumerateRuns(settings)
               select run.Problem.CreateSweep(
                   Id,
                   run.Algorithm,
                   noise => TunedSettings.CreateLearner(run.Problem, run.Algorithm, noise),
                   size.Lengths,
                   Noises,
                   size.GetBudget(run.Problem, run.Algorithm),
                   size.ComparedTrials),
        ];
    }

    public IEnumerable<ReportedSetting> AdditionalSettings
        => from problem in Problem.FromPaper
           from algorithm in KnownAlgorithms.All
           from noise in Noises
           let tuned = TunedSettings.Get(problem, algorithm, noise)
           where noise == 0.0 || tuned.Count > 0
           from setting in Settings.GetAll(TunedSettings.CreateLearner(problem, algorithm, noise))
           where noise == 0.0 || tuned.ContainsKey(setting.Name)
           select new ReportedSetting(
               $"{problem.Title}, {algorithm.Name}" +
                   (tuned.ContainsKey(setting.Name) ? $", noise {NumberFormat.Short(noise)}" : ""),
               setting.Name,
               setting.Value,
               tuned.ContainsKey(setting.Name) ? "latchlab tune" : setting.Source,
               setting.Description);

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => [
            .. Settings.GetAll(settings.Resolution.Comparison, "resolution").Select(setting => setting.Path),
            "resolution.interpretations",
        ];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        RunTable table = CreateTable(settings, outcomes);
        return new(
            [.. new ComparisonFigures(Id, table, settings, seed).Create()],
            [.. EvaluateClaims(table, settings)]);
    }

    public int GetTrials(Resolution resolution) => resolution.Comparison.ComparedTrials;

    public IEnumerable<ClaimSample> CollectClaims(
        ReproductionSettings settings, IReadOnlyList<SweepOutcomes> outcomes)
    {
        RunTable table = CreateTable(settings, outcomes);
        return SelectPlans(settings).Select(plan => Collect(plan, table, settings));
    }

    private static RunTable CreateTable(ReproductionSettings settings, IReadOnlyList<SweepOutcomes> outcomes)
        => new([.. EnumerateRuns(settings).Select((run, i) => new AlgorithmRuns(
            run.Problem, run.Algorithm, settings.Resolution.Comparison.Lengths, Noises, outcomes[i]))]);

    private static ClaimSample Collect(ClaimPlan plan, RunTable table, ReproductionSettings settings)
        => settings.Resolution.Comparison.FindWhatIsMissing(hasSearches: true) is { } missing
            ? new(plan.Row, [], missing) : new(plan.Row, plan.CreateParts(table));

    /// <summary>
    /// Tests each claim under the reference interpretation and, with all interpretations, under each change that
    /// affects it. A verdict that a number turns that the paper does not give depends on this number.
    /// </summary>
    private static IEnumerable<Claim> EvaluateClaims(RunTable table, ReproductionSettings settings)
    {
        bool includesAll = settings.Resolution.Interpretations == InterpretationsShown.All;
        foreach (ClaimPlan plan in SelectPlans(settings))
        {
            Claim reference = ClaimEvaluator.Evaluate(Collect(plan, table, settings));
            Dictionary<SingleChange, Claim> changed = (includesAll ? KnownChanges.All : KnownChanges.MultigridBoxes)
                .Where(plan.IsAffectedBy)
                .ToDictionary(
                    change => change,
                    change => ClaimEvaluator.Evaluate(Collect(plan, table.Under(change), settings), change.Title));
            yield return DescribeTuning(plan,
                plan.Row.DependsOn.Length == 0 ? reference
                : ClaimEvaluator.CompareValues(plan.Row, (reference, "multi-grid box of 1"),
                    [.. KnownChanges.MultigridBoxes.Select(change => (changed[change], change.Title))]),
                KnownChanges.None);
            foreach ((SingleChange change, Claim claim) in changed.Where(_ => includesAll))
                yield return DescribeTuning(plan, claim, change);
        }
    }

    /// <summary>
    /// A verdict depends on a setting that tuning chose at an end of the range that it tried: a value beyond may be
    /// better.
    /// </summary>
    private static Claim DescribeTuning(ClaimPlan plan, Claim claim, SingleChange change)
    {
        string[] atEnd =
        [
            .. from run in plan.Runs
               from noise in Noises
               let replaced = change.Replace(run)
               from setting in TunedSettings.GetSettingsAtEnd(replaced.Problem, replaced.Algorithm, noise)
               select $"{setting} of {replaced.Algorithm.Name} on {replaced.Problem.Title} at noise " +
                   NumberFormat.Short(noise),
        ];
        return atEnd.Length == 0 || claim.Verdict is not (Verdict.Reproduced or Verdict.NotReproduced) ? claim
            : claim with
            {
                Verdict = Verdict.DependsOnSetting,
                Qualifier = "settings beyond the range that was tuned",
                Evidence = $"{claim.Verdict.Format()} with the tuned settings, of which these lie at an end of their " +
                    $"range: {string.Join("; ", atEnd)}. {claim.Evidence}",
            };
    }

    private static IEnumerable<ClaimPlan> SelectPlans(ReproductionSettings settings)
        => ComparisonClaims.All.Where(plan => settings.Tests(plan.Row));

    /// <summary>The runs that the figures and claims need.</summary>
    private static IEnumerable<(Problem Problem, Algorithm Algorithm)> EnumerateRuns(ReproductionSettings settings)
    {
        (Problem Problem, Algorithm Algorithm)[] reference = settings.Claims.Count == 0
            ? [.. from problem in Problem.FromPaper
                  from algorithm in KnownAlgorithms.InFigure4
                  select (problem, algorithm)]
            : [.. SelectPlans(settings).SelectMany(plan => plan.Runs).Distinct()];
        IReadOnlyList<SingleChange> changes = settings.Resolution.Interpretations == InterpretationsShown.All
            ? KnownChanges.All : KnownChanges.MultigridBoxes;
        return reference.Concat(
            from change in changes
            from run in reference
            select change.Replace(run)).Distinct();
    }
}
