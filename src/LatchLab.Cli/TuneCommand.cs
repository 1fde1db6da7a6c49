using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Experiments;
using LatchLab.Experiments.Comparison;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab tune</c>: the search for the settings of Figure 4, and the lines of the file that keeps them.
/// </summary>
internal static class TuneCommand
{
    private const int Shown = 5;        // combinations of each contender
    private const int DefaultTrials = 20, Budget = 100_000, PatientBudget = 5_000_000;

    private static readonly int[] Lengths = [10, 50];

    private static readonly TextOption Problems = new(
        "--problem", "ID,…", $"which problems: {Choice.Names(Problem.All.Select(p => p.Id))} (default: all)");

    private static readonly TextOption Learners = new(
        "--learner", "ID,…", $"which algorithms: {Choice.Names(Tunable.Select(c => c.Id))} (default: all)");

    private static readonly TextOption Trials = new(
        "--trials", "N", $"trials of each combination at each T (default: {DefaultTrials})");

    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    private static IEnumerable<Contender> Tunable => Contenders.All.Where(contender => contender.Grid.Count > 0);

    public static Command Create()
    {
        var choices = new RunChoices(Tuning.Seed);
        var command = new Command(
            "tune",
            "Search the settings of the algorithms of Figure 4: every combination of a small grid, at " +
                $"T = {string.Join(" and ", Lengths)} with input noise, on a seed that no figure uses. The last " +
                "lines are those of src/LatchLab/Experiments/Comparison/tuned.txt.")
        {
            Problems, Learners, Trials,
        };
        foreach (Option option in choices.Options.Append(Json))
            command.Add(option);
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            var tuning = new Tuning(
                Read(given, Problems, Problem.All, problem => problem.Id),
                Read(given, Learners, [.. Tunable], contender => contender.Id),
                Lengths,
                given.WholeNumber(Trials, 1, 10_000, DefaultTrials),
                Budget,
                PatientBudget);
            RunOptions options = choices.Read(given);
            given.ThrowIfMistaken();
            return Run(tuning, options, given.Has(Json));
        });
        return command;
    }

    private static IReadOnlyList<T> Read<T>(
        GivenOptions given, TextOption option, IReadOnlyList<T> all, Func<T, string> id)
        where T : class
    {
        if (given.Text(option) is not { } text)
            return all;
        var known = all.ToDictionary(id);
        return
        [
            .. text.Split(',', StringSplitOptions.TrimEntries).Distinct()
                .Select(name => Choice.Of(option.Name, name, known, given.Mistakes)).OfType<T>(),
        ];
    }

    private static int Run(Tuning tuning, RunOptions options, bool json)
    {
        using var interruption = new Interruption();
        IReadOnlyList<Sweep> sweeps = tuning.Sweeps;
        RunProgress progress = RunProgress.Of(sweeps);
        IReadOnlyList<SweepOutcomes> outcomes;
        TrialCount.Announce(progress, options.Threads);
        using (new ProgressDisplay(new TrialCount(progress)))
            outcomes = Runner.Run(sweeps, options, progress, interruption.Token);
        IReadOnlyList<Tried>[] ranked = [.. tuning.Judge(outcomes)];
        if (json)
            PrintJson(ranked, options.Seed);
        else
            Print(ranked);
        return ExitCodes.Success;
    }

    private static void Print(IReadOnlyList<Tried>[] ranked)
    {
        foreach (IReadOnlyList<Tried> tried in ranked)
        {
            var table = new Table().Border(TableBorder.Rounded)
                .Title(Markup.Escape($"{tried[0].Problem.Title}, {tried[0].Contender.Name}"))
                .AddColumn("Settings").AddColumn("Error").AddColumn("Presentations").AddColumn("Learned");
            foreach (Tried one in tried.Take(Shown))
            {
                table.AddRow(
                    Markup.Escape(string.Join(' ', one.Settings.Select(s => $"{s.Key}={s.Value}"))),
                    one.Error.ToString("0.000", CultureInfo.InvariantCulture),
                    one.MeanPresentations.ToString("#,0", CultureInfo.InvariantCulture),
                    $"{one.Learned} of {one.Runs}");
            }

            AnsiConsole.Write(table);
        }

        foreach (IReadOnlyList<Tried> tried in ranked)
            Console.Out.WriteLine(TunedSettings.Line(tried[0].Problem, tried[0].Contender, tried[0].Settings));
    }

    private static void PrintJson(IReadOnlyList<Tried>[] ranked, ulong seed) => Numbers.Print(new JsonObject
    {
        ["status"] = "ok",
        ["seed"] = seed,
        ["tuned"] = new JsonArray([.. ranked.Select(tried => new JsonObject
        {
            ["problem"] = tried[0].Problem.Id,
            ["learner"] = tried[0].Contender.Id,
            ["tried"] = new JsonArray([.. tried.Select(one => new JsonObject
            {
                ["settings"] = new JsonObject(
                    one.Settings.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value))),
                ["error"] = Numbers.Json(one.Error),
                ["presentations"] = Numbers.Json(one.MeanPresentations),
                ["learned"] = one.Learned,
                ["runs"] = one.Runs,
            })]),
        })]),
    });
}
