using LatchLab.Numerics;

namespace LatchLab.Experiments.Comparison;

/// <summary>A combination of settings that was tried, and what came of it.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Contender">The contender.</param>
/// <param name="Settings">The settings by name.</param>
/// <param name="Error">Mean classification error on fresh sequences; a run that diverged counts with 1.</param>
/// <param name="MeanPresentations">
/// Geometric mean of the presentations; a run that did not learn counts with its whole budget.
/// </param>
/// <param name="Learned">Runs that learned.</param>
/// <param name="Runs">Runs.</param>
public sealed record Tried(
    Problem Problem,
    Contender Contender,
    IReadOnlyDictionary<string, string> Settings,
    double Error,
    double MeanPresentations,
    int Learned,
    int Runs);

/// <summary>
/// The search for settings: every combination of a small grid, the same for all lengths. The best has the least error;
/// of those within <see cref="Tie"/> of it, the fewest presentations.
/// </summary>
/// <param name="problems">The problems.</param>
/// <param name="contenders">The contenders.</param>
/// <param name="lengths">T of the runs that a combination is tried on.</param>
/// <param name="trials">Trials at each.</param>
/// <param name="budget">Presentations of an on-line run and of a multi-grid search.</param>
/// <param name="patientBudget">Presentations of an annealing.</param>
public sealed class Tuning(
    IReadOnlyList<Problem> problems,
    IReadOnlyList<Contender> contenders,
    IReadOnlyList<int> lengths,
    int trials,
    int budget,
    int patientBudget)
{
    /// <summary>Differences of the mean error that do not count.</summary>
    public const double Tie = 0.01;

    /// <summary>The error of a run that diverged: worse than guessing, so that tuning keeps away from it.</summary>
    private const double DivergedError = 1.0;

    /// <summary>The seed of tuning, which no figure uses.</summary>
    public const ulong Seed = 424_242;

    private readonly (Problem Problem, Contender Contender, Dictionary<string, string> Settings)[] combinations =
    [
        .. from problem in problems
           from contender in contenders
           where contender.Grid.Count > 0
           from settings in Combinations(contender.Grid)
           select (problem, contender, settings),
    ];

    /// <summary>What is to be run.</summary>
    public IReadOnlyList<Sweep> Sweeps
        => [.. combinations.Select(tried => new Sweep(
            TunedSettings.Line(tried.Problem, tried.Contender, tried.Settings),
            [.. lengths.Select(length => tried.Problem.Cell(
                tried.Contender,
                TunedSettings.With(tried.Contender.Learner, tried.Settings),
                length,
                Problem.PaperNoise,
                tried.Contender.Learner.IsPatient ? patientBudget : budget))],
            trials))];

    /// <summary>The best first, for each problem and contender.</summary>
    /// <param name="outcomes">The outcomes of the sweeps, in their order.</param>
    public IEnumerable<IReadOnlyList<Tried>> Judge(IReadOnlyList<SweepOutcomes> outcomes)
        => combinations.Select((tried, i) => Summary(tried.Problem, tried.Contender, tried.Settings, outcomes[i]))
            .GroupBy(tried => (tried.Problem, tried.Contender))
            .Select(group => (IReadOnlyList<Tried>)[.. Ranked([.. group])]);

    private static IEnumerable<Tried> Ranked(List<Tried> tried)
    {
        double least = tried.Min(one => one.Error);
        return tried.OrderBy(one => one.Error > least + Tie).ThenBy(
            one => one.Error > least + Tie ? one.Error : one.MeanPresentations);
    }

    private static Tried Summary(
        Problem problem, Contender contender, Dictionary<string, string> settings, SweepOutcomes outcomes)
    {
        double error = 0.0, log = 0.0;
        int learned = 0, count = 0;
        for (int cell = 0; cell < outcomes.Sweep.Cells.Count; cell++)
        {
            foreach (Outcome outcome in outcomes.OfCell(cell))
            {
                error += double.IsNaN(outcome.FreshError) ? DivergedError : outcome.FreshError;
                int spent = outcome.Converged ? outcome.Presentations : outcomes.Sweep.Cells[cell].Budget;
                log += Elementary.Log(new Scalar(spent)).Value;
                learned += outcome.Converged ? 1 : 0;
                count++;
            }
        }

        return new(
            problem,
            contender,
            settings,
            error / count,
            Elementary.Exp(new Scalar(log / count)).Value,
            learned,
            count);
    }

    private static IEnumerable<Dictionary<string, string>> Combinations(IReadOnlyDictionary<string, string[]> grid)
    {
        IEnumerable<Dictionary<string, string>> combinations = [[]];
        foreach ((string name, string[] values) in grid)
        {
            combinations = [.. from combination in combinations
                               from value in values
                               select new Dictionary<string, string>(combination) { [name] = value }];
        }

        return combinations;
    }
}
