using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Statistics;
using LatchLab.Training;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// The preset of <c>latchlab tune</c>: searches the settings of Figure 4 on a grid, and prints the lines of the file
/// that stores them.
/// </summary>
internal static class GridTuning
{
    /// <summary>Trials of a combination at each length by default.</summary>
    public const int DefaultTrials = 20;

    private const int MaxShown = 5;    // combinations per algorithm
    private const int Budget = 100_000, LargeBudget = 5_000_000;

    private static readonly Option<IReadOnlyList<Problem>> Problems = Options.Choices(
        "--problem", "of the grid: which problems", Problem.FromPaper, problem => problem.Id);

    private static readonly Option<IReadOnlyList<double>> Noises = Options.Choices(
        "--noise", "of the grid: which input noises, a of U[-a, a]", TunedSettings.Noises,
        noise => noise.ToString(CultureInfo.InvariantCulture));

    private static readonly Option<IReadOnlyList<Algorithm>> Learners = Options.Choices(
        "--learner", "of the grid: which algorithms",
        [.. KnownAlgorithms.All.Where(algorithm => algorithm.IsTuned)], algorithm => algorithm.Id);

    /// <summary>The options that only the grid has.</summary>
    public static IReadOnlyList<Option> Own => [Problems, Noises, Learners];

    private static int[] Lengths => [10, 50];

    /// <summary>What the command does without a task.</summary>
    public static string Description { get; } =
        $"Without a task, search the settings of the algorithms of Figure 4: {TuningGrid.CombinationCount} " +
        $"combinations for each, at T = {string.Join(" and ", Lengths)}, with and without input noise apart, on a " +
        "seed that no figure uses. The last lines of the output then have the format of " +
        "src/LatchLab.Paper/Comparison/tuned.txt; their field at-end names settings at an end of the range that was " +
        "tried. The options select a part, whose lines are the same.";

    /// <summary>Runs the grid.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="trialsOption">Trials of each combination at each length; 0 for the default.</param>
    /// <param name="execution">The options of execution.</param>
    public static int Run(ParsedOptions parsed, Option<int> trialsOption, ExecutionOptions execution)
    {
        var tuning = new GridSearch(
            parsed.GetValue(Problems), parsed.GetValue(Learners), parsed.GetValue(Noises), Lengths,
            parsed.GetValue(trialsOption) is > 0 and var trials ? trials : DefaultTrials, Budget, LargeBudget);
        RunOptions options = execution.Read(parsed);
        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals();
        IReadOnlyList<Sweep> sweeps = tuning.Sweeps;
        RunProgress progress = RunProgress.Create(sweeps);
        IReadOnlyList<SweepOutcomes> outcomes;
        using (new ProgressDisplay(new TrialProgressFormatter(progress)))
            outcomes = TrialRunner.Run(sweeps, options, progress, signals.Token);
        IReadOnlyList<TuningResult>[] rankings = [.. tuning.RankResults(outcomes)];
        if (parsed.GetValue(Options.Json))
            PrintJson(rankings, options.Seed);
        else
            Print(rankings);
        return ExitCodes.Success;
    }

    private static void Print(IReadOnlyList<TuningResult>[] ranked)
    {
        foreach (IReadOnlyList<TuningResult> results in ranked)
        {
            TuningResult best = results[0];
            string noise = best.Noise == 0.0 ? "without noise"
                : string.Create(CultureInfo.InvariantCulture, $"noise {best.Noise}");
            var table = new Table().Border(TableBorder.Rounded)
                .Title(Markup.Escape($"{best.Problem.Title}, {best.Algorithm.Name}, {noise}"))
                .AddColumn("Settings").AddColumn("Error").AddColumn("Presentations").AddColumn("Learned");
            foreach (TuningResult result in results.Take(MaxShown))
            {
                table.AddRow(
                    Markup.Escape(string.Join(' ', result.Combination.Settings.Select(s => $"{s.Key}={s.Value}"))),
                    Markup.Escape(IntervalFormat.Format(result.Summary.TestError, isShare: true)),
                    NumberFormat.GroupThousands(result.GeometricMeanPresentations),
                    Markup.Escape(IntervalFormat.Format(result.Summary.Success, isShare: true)));
            }

            AnsiConsole.Write(table);
            foreach (string setting in best.Combination.SettingsAtEnd)
                Console.Out.WriteLine(
                    $"{setting}={best.Combination.Settings[setting]} lies at an end of its range; a value beyond it " +
                    "may be better.");
        }

        foreach (IReadOnlyList<TuningResult> results in ranked)
            Console.Out.WriteLine(TunedSettings.FormatLine(
                results[0].Problem, results[0].Algorithm, results[0].Noise, results[0].Combination));
    }

    private static void PrintJson(IReadOnlyList<TuningResult>[] ranked, ulong seed)
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["seed"] = seed,
            ["tuned"] = new JsonArray([.. ranked.Select(results => new JsonObject
            {
                ["problem"] = results[0].Problem.Id,
                ["learner"] = results[0].Algorithm.Id,
                ["noise"] = results[0].Noise,
                ["settingsAtEnd"] = new JsonArray([.. results[0].Combination.SettingsAtEnd]),
                ["tried"] = new JsonArray([.. results.Select(ToJson)]),
            })]),
        });

    private static JsonObject ToJson(TuningResult result)
    {
        var document = new JsonObject
        {
            ["settings"] = new JsonObject(
                result.Combination.Settings.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value))),
            ["geometricMeanPresentations"] = JsonOutput.ToJson(result.GeometricMeanPresentations),
        };
        SummaryJson.Add(document, result.Summary);
        return document;
    }
}
