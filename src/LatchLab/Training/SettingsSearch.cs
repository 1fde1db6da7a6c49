using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// A short search over learning rates and numbers of units by successive halving (Jamieson and Talwalkar 2016): all
/// candidates have a small budget, and the best third of them a larger one. The mean cost of validation sequences
/// decides; no test sequence is presented.
/// </summary>
/// <remarks>
/// A round begins its trials anew, so that a candidate has the trials that <see cref="TrainingRun"/> would give it with
/// this seed and budget. The seed is none of those of the training that follows: they are each other's complements.
/// </remarks>
public sealed class SettingsSearch
{
    /// <summary>Trials of a candidate in each round; those of several learning rates run side by side.</summary>
    public const int TrialsPerCandidate = 4;

    // The first round has an eighth of the budget, the second one half for a third of the candidates: twelve candidates
    // take less than four budgets together, for each of the trials of a candidate.
    private static readonly (int Divisor, int KeptDivisor)[] Rounds = [(8, 1), (2, 3)];

    private static readonly string[] Rates = ["0.001", "0.003", "0.01", "0.03"], Units = ["8", "16", "32"];

    private readonly TrainingConfiguration _configuration; // with validation sequences

    /// <summary>Prepares a search of the settings that are not given.</summary>
    /// <param name="configuration">A valid configuration.</param>
    /// <param name="given">The names or paths of settings that are kept, and their values.</param>
    public SettingsSearch(TrainingConfiguration configuration, IReadOnlyDictionary<string, string> given)
    {
        _configuration = ModernPreset.WithValidation(configuration, given);
        IReadOnlyDictionary<string, string> idle = Settings.FindIdle(configuration);
        SearchedValues =
        [
            .. Array.FindAll(
                [(ModernPreset.UnitsPath, Units), (ModernPreset.RatePath, Rates)],
                ((string Path, IReadOnlyList<string> Values) setting)
                    => ModernPreset.GetGiven(given, setting.Path) is null && !idle.ContainsKey(setting.Path)),
        ];
        Candidates = _configuration.ValidationSequences == 0 || SearchedValues.Count == 0 ? []
            : [.. Combine().Select(settings => new SearchCandidate(settings, Change(configuration, settings)))
                .Where(candidate => !candidate.Configuration.FindConflicts([]).Any())];
    }

    /// <summary>What is searched, in words.</summary>
    public static string Description
        => $"learning-rate from {string.Join(", ", Rates)} and units from {string.Join(", ", Units)}, unless given";

    /// <summary>The paths of the searched settings, and their values.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<string> Values)> SearchedValues { get; }

    /// <summary>The candidates; empty if nothing is searched, or if there are no validation sequences.</summary>
    public IReadOnlyList<SearchCandidate> Candidates { get; }

    /// <summary>The numbers of candidates and of presentations of each round.</summary>
    public IReadOnlyList<(int Candidates, int Presentations)> Plan
        => [.. Rounds.Select(round => (
            (Candidates.Count + round.KeptDivisor - 1) / round.KeptDivisor,
            Math.Max(_configuration.Budget / round.Divisor, _configuration.TrainingSequences)))
            .Where((round, index) => index == 0 || round.Item1 > 1)];

    /// <summary>The seed of the search for the seed of a training.</summary>
    public static ulong SeedOf(ulong seed) => ~seed;

    /// <summary>Runs the search.</summary>
    /// <param name="options">The run options, with the seed of the training.</param>
    /// <param name="watch">Receives the progress of each round, and returns what ends with it; null for none.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <returns>The candidates that were tried longest come first, the best of them at the beginning.</returns>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public IReadOnlyList<SearchCandidate> Run(
        RunOptions options, Func<RunProgress, IDisposable>? watch = null, CancellationToken cancellation = default)
    {
        SearchCandidate[] ranked = [.. Candidates];
        foreach ((int count, int presentations) in Plan)
        {
            SearchCandidate[] tried = RunRound(ranked[..count], presentations, options, watch, cancellation);
            ranked = [.. tried.OrderBy(candidate => candidate.Rounds[^1].OrderedCost), .. ranked[count..]];
        }

        return ranked;
    }

    private SearchCandidate[] RunRound(
        SearchCandidate[] candidates, int presentations, RunOptions options, Func<RunProgress, IDisposable>? watch,
        CancellationToken cancellation)
    {
        var sweep = new Sweep(
            "search", [.. candidates.Select(candidate => Limit(candidate.Configuration, presentations))],
            TrialsPerCandidate)
        {
            Seed = SeedOf(options.Seed),
        };
        RunProgress progress = RunProgress.Create([sweep]);
        using IDisposable? display = watch?.Invoke(progress);
        SweepOutcomes outcomes = TrialRunner.Run([sweep], options, progress, cancellation)[0];
        return
        [
            .. candidates.Select((candidate, index) => candidate with
            {
                Rounds = [.. candidate.Rounds, SearchRound.Create(presentations, outcomes.GetOutcomes(index))],
            }),
        ];
    }

    /// <summary>A candidate with the budget of a round, early stopping on validation sequences, and no test.</summary>
    private TrainingConfiguration Limit(TrainingConfiguration configuration, int presentations)
        => configuration with
        {
            Task = _configuration.Task,
            Limits = configuration.Limits with { Presentations = presentations },
            ConvergenceRule = new()
            {
                Rule = ConvergenceRuleKind.Validation,
                Patience = configuration.ConvergenceRule.Patience,
                FinalTest = FinalTest.No,
            },
        };

    private IEnumerable<IReadOnlyList<(string Path, string Value)>> Combine()
    {
        IEnumerable<IReadOnlyList<(string, string)>> combinations = [[]];
        foreach ((string path, IReadOnlyList<string> values) in SearchedValues)
            combinations = combinations.SelectMany(settings => values.Select(value
                => (IReadOnlyList<(string, string)>)[.. settings, (path, value)]));
        return combinations;
    }

    private static TrainingConfiguration Change(
        TrainingConfiguration configuration, IEnumerable<(string Path, string Value)> settings)
        => Settings.With(
            configuration, settings.ToDictionary(setting => setting.Path, setting => setting.Value), []);
}

/// <summary>Settings that a search tries.</summary>
/// <param name="Settings">The paths and the values.</param>
/// <param name="Configuration">The configuration with these settings.</param>
public sealed record SearchCandidate(
    IReadOnlyList<(string Path, string Value)> Settings, TrainingConfiguration Configuration)
{
    /// <summary>The rounds of the search in which it took part.</summary>
    public IReadOnlyList<SearchRound> Rounds { get; init; } = [];
}

/// <summary>The result of a candidate in a round.</summary>
/// <param name="Presentations">The budget of a trial.</param>
/// <param name="ValidationCost">The mean over its trials of the lowest mean cost of validation sequences; NaN if a
/// trial diverged.</param>
public sealed record SearchRound(int Presentations, double ValidationCost)
{
    /// <summary>The cost; +∞ if a trial diverged.</summary>
    internal double OrderedCost => double.IsNaN(ValidationCost) ? double.PositiveInfinity : ValidationCost;

    internal static SearchRound Create(int presentations, ReadOnlySpan<Outcome> outcomes)
    {
        double sum = 0.0;
        foreach (Outcome outcome in outcomes)
            sum += outcome.ValidationCost;
        return new(presentations, sum / outcomes.Length);
    }
}
