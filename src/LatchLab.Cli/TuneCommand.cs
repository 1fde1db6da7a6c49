using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Statistics;
using LatchLab.Training;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab tune</c>: searches the settings of Figure 4 and prints the lines of the file that stores them.
/// </summary>
internal static class TuneCommand
{
    private const int MaxShown = 5;    // combinations per algorithm
    private const int DefaultTrials = 20, Budget = 100_000, LargeBudget = 5_000_000;

    private static readonly Option<IReadOnlyList<Problem>> Problems = Options.Choices(
        "--problem", "which problems", Problem.All, problem => problem.Id);

    private static readonly Option<IReadOnlyList<Algorithm>> Learners = Options.Choices(
        "--learner", "which algorithms",
        [.. KnownAlgorithms.All.Where(algorithm => algorithm.TuningGrid.Count > 0)], algorithm => algorithm.Id);

    private static readonly Option<int> Trials = Options.Integer(
        "--trials", "N", $"trials of each combination at each T (default: {DefaultTrials})", 1, 10_000, DefaultTrials);

    private static readonly ExecutionOptions Execution = new(GridSearch.Seed);

    private static int[] Lengths => [10, 50];

    public static Command Create() => new RunnableCommand(
        "tune",
        "Search the settings of the algorithms of Figure 4: every combination of a small grid, at " +
            $"T = {string.Join(" and ", Lengths)} with input noise, on a seed that no figure uses. The last " +
            "lines of the output have the format of src/LatchLab.Paper/Comparison/tuned.txt.",
        Run,
        () => [Problems, Learners, Trials, .. Execution.All, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        var tuning = new GridSearch(
            parsed.GetValue(Problems), parsed.GetValue(Learners), Lengths, parsed.GetValue(Trials), Budget,
            LargeBudget);
        RunOptions options = Execution.Read(parsed);
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
        foreach (IReadOnlyList<TuningResult> combinations in ranked)
        {
            var table = new Table().Border(TableBorder.Rounded)
                .Title(Markup.Escape($"{combinations[0].Problem.Title}, {combinations[0].Algorithm.Name}"))
                .AddColumn("Settings").AddColumn("Error").AddColumn("Presentations").AddColumn("Learned");
            foreach (TuningResult combination in combinations.Take(MaxShown))
            {
                table.AddRow(
                    Markup.Escape(string.Join(' ', combination.Settings.Select(s => $"{s.Key}={s.Value}"))),
                    Markup.Escape(IntervalFormat.Format(combination.Summary.TestError, isShare: true)),
                    NumberFormat.GroupThousands(combination.GeometricMeanPresentations),
                    Markup.Escape(IntervalFormat.Format(combination.Summary.Success, isShare: true)));
            }

            AnsiConsole.Write(table);
        }

        foreach (IReadOnlyList<TuningResult> combinations in ranked)
            Console.Out.WriteLine(
                TunedSettings.FormatLine(combinations[0].Problem, combinations[0].Algorithm, combinations[0].Settings));
    }

    private static void PrintJson(IReadOnlyList<TuningResult>[] ranked, ulong seed)
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["seed"] = seed,
            ["tuned"] = new JsonArray([.. ranked.Select(combinations => new JsonObject
        {
            ["problem"] = combinations[0].Problem.Id,
            ["learner"] = combinations[0].Algorithm.Id,
            ["tried"] = new JsonArray([.. combinations.Select(ToJson)]),
        })]),
        });

    private static JsonObject ToJson(TuningResult combination)
    {
        var document = new JsonObject
        {
            ["settings"] = new JsonObject(
                combination.Settings.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value))),
            ["geometricMeanPresentations"] = JsonOutput.ToJson(combination.GeometricMeanPresentations),
        };
        SummaryJson.Add(document, combination.Summary);
        return document;
    }
}
