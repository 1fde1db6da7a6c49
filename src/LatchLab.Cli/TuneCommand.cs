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

    private static readonly int[] Lengths = [10, 50];

    private static readonly TextOption Problems = new(
        "--problem", "ID,…", $"which problems: {ChoiceParser.JoinNames(Problem.All.Select(p => p.Id))} (default: all)");

    private static readonly TextOption Learners = new(
        "--learner", "ID,…",
        $"which algorithms: {ChoiceParser.JoinNames(TunableAlgorithms.Select(c => c.Id))} (default: all)");

    private static readonly TextOption Trials = new(
        "--trials", "N", $"trials of each combination at each T (default: {DefaultTrials})");

    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    private static IEnumerable<Algorithm> TunableAlgorithms
        => KnownAlgorithms.All.Where(algorithm => algorithm.TuningGrid.Count > 0);

    public static Command Create()
    {
        var executionOptions = new ExecutionOptions(GridSearch.Seed);
        var command = new Command(
            "tune",
            "Search the settings of the algorithms of Figure 4: every combination of a small grid, at " +
                $"T = {string.Join(" and ", Lengths)} with input noise, on a seed that no figure uses. The last " +
                "lines of the output have the format of src/LatchLab.Paper/Comparison/tuned.txt.")
        {
            Problems, Learners, Trials,
        };
        foreach (Option option in executionOptions.Options.Append(Json))
            command.Add(option);
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            var tuning = new GridSearch(
                Read(parsedOptions, Problems, Problem.All, problem => problem.Id),
                Read(parsedOptions, Learners, [.. TunableAlgorithms], algorithm => algorithm.Id),
                Lengths,
                parsedOptions.GetInt32(Trials, 1, 10_000, DefaultTrials),
                Budget,
                LargeBudget);
            RunOptions options = executionOptions.Read(parsedOptions);
            parsedOptions.ThrowIfInvalid();
            return Run(tuning, options, parsedOptions.HasFlag(Json));
        });
        return command;
    }

    private static IReadOnlyList<T> Read<T>(
        ParsedOptions parsedOptions, TextOption option, IReadOnlyList<T> all, Func<T, string> id)
        where T : class
    {
        if (parsedOptions.GetString(option) is not { } text)
            return all;
        var known = all.ToDictionary(id);
        return
        [
            .. text.Split(',', StringSplitOptions.TrimEntries).Distinct()
                .Select(name => ChoiceParser.Find(option.Name, name, known, parsedOptions.ValidationErrors))
                    .OfType<T>(),
        ];
    }

    private static int Run(GridSearch tuning, RunOptions options, bool json)
    {
        using var signals = new TerminationSignals();
        IReadOnlyList<Sweep> sweeps = tuning.Sweeps;
        RunProgress progress = RunProgress.Create(sweeps);
        IReadOnlyList<SweepOutcomes> outcomes;
        using (new ProgressDisplay(new TrialProgressFormatter(progress)))
            outcomes = TrialRunner.Run(sweeps, options, progress, signals.Token);
        IReadOnlyList<TuningResult>[] rankings = [.. tuning.RankResults(outcomes)];
        if (json)
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
            ["status"] = "ok",
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
