using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Experiments;
using LatchLab.Experiments.Statistics;
using LatchLab.Learning;
using LatchLab.Tasks;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>What <c>train</c> says at its end.</summary>
internal static class TrainingSummary
{
    /// <summary>A table on standard output.</summary>
    public static void Print(TrainingResult result, ulong seed, string? path)
    {
        ProblemCell cell = result.Cell;
        Outcome best = result.Outcomes[result.Best];
        string learner = cell.Training is Curriculum led ? $"{led.Name} of {led.Learner.Name}" : cell.Training.Name;
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{cell.Task.Title}, {learner}, seed {seed}. Intervals: 95 %."));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Quantity").AddColumn("Value");
        foreach ((string name, string text) in cell.Task.Description)
            Row(name, text);
        string tested = cell.Task is SequencesTask ? "test sequences" : "fresh sequences";
        Row("success rate", FormattableString.Invariant(
            $"{result.Success.Successes} of {result.Success.Trials}: {result.Success.Frequency:0.000} ") +
            Interval(result.Success.Lower, result.Success.Upper));
        Row($"error on {tested}", Mean(result.FreshError));
        if (cell.IsMeasuredByCost)
            Row("root mean square error there", InUnits(result.RootMeanSquareError));
        Row("training error", Mean(result.TrainingError));
        Row("presentations to success", $"median {Needed(result, 0.5)} (quartiles {Needed(result, 0.25)}, " +
            $"{Needed(result, 0.75)})");
        Row("endings", string.Join(", ", Enum.GetValues<Ending>().Select(
            ending => $"{Count(result.Count(ending))} {InWords(ending)}")));
        string saved = cell.Training.IsSearch ? $" ({Count(result.Saved)} of them not needed)" : "";
        Row("presentations", $"{Count(result.Presentations)} to learn{saved}, " +
            $"{Count(result.JudgingPresentations)} to judge");
        Row("best trial", $"number {result.Best}: {InWords(best.Ending)} after {Count(best.Presentations)} " +
            $"presentations, error {Error(best.FreshError)} on {tested}");
        Row("time", FormattableString.Invariant($"{result.Time.TotalSeconds:0.0} seconds"));
        AnsiConsole.Write(table);
        if (path is not null && result.BestNetwork is not null)
            Console.Out.WriteLine($"Network of the best trial: {path}");

        void Row(string quantity, string value) => table.AddRow(Markup.Escape(quantity), Markup.Escape(value));
    }

    /// <summary>One JSON document on standard output (docs/training.md).</summary>
    public static void PrintJson(TrainingResult result, ulong seed, string? path)
        => Numbers.Print(new JsonObject
        {
            ["status"] = result.Count(Ending.Diverged) == result.Outcomes.Count ? "every trial diverged" : "ok",
            ["task"] = result.Cell.Task.Name,
            ["data"] = DataJson.Of(result.Cell.Task),
            ["learner"] = result.Cell.Training.Name,
            ["seed"] = seed,
            ["success"] = new JsonObject
            {
                ["converged"] = result.Success.Successes,
                ["trials"] = result.Success.Trials,
                ["rate"] = result.Success.Frequency,
                ["lower"] = result.Success.Lower,
                ["upper"] = result.Success.Upper,
            },
            ["freshError"] = Json(result.FreshError),
            ["rootMeanSquareError"] = Json(result.RootMeanSquareError),
            ["trainingError"] = Json(result.TrainingError),
            ["presentationsToSuccess"] = new JsonObject
            {
                ["lowerQuartile"] = Numbers.Json(result.PresentationsToSuccess(0.25)),
                ["median"] = Numbers.Json(result.PresentationsToSuccess(0.5)),
                ["upperQuartile"] = Numbers.Json(result.PresentationsToSuccess(0.75)),
                ["budget"] = result.Cell.Budget,
            },
            ["endings"] = new JsonObject(Enum.GetValues<Ending>().Select(
                ending => KeyValuePair.Create(Settings.InWords(ending), (JsonNode?)result.Count(ending)))),
            ["presentations"] = new JsonObject
            {
                ["learning"] = result.Presentations,
                ["saved"] = result.Saved,
                ["judging"] = result.JudgingPresentations,
            },
            ["best"] = new JsonObject
            {
                ["trial"] = result.Best,
                ["network"] = result.BestNetwork is null ? null : path,
                ["parameters"] = new JsonObject(result.Cell.ParameterNames.Zip(
                    result.BestParameters, (name, value) => KeyValuePair.Create(name, Numbers.Json(value)))),
            },
            ["trials"] = new JsonArray([.. result.Outcomes.Select(Json)]),
            ["settings"] = new JsonArray([.. ProblemSetup.SettingsOf(result.Cell).Select(setting => new JsonObject
            {
                ["name"] = setting.Name,
                ["value"] = setting.Value,
                ["source"] = setting.Source,
            })]),
            ["seconds"] = result.Time.TotalSeconds,
        });

    private static JsonObject Json(Outcome outcome) => new()
    {
        ["ending"] = Settings.InWords(outcome.Ending),
        ["freshError"] = Numbers.Json(outcome.FreshError),
        ["trainingError"] = Numbers.Json(outcome.TrainingError),
        ["cost"] = Numbers.Json(outcome.Cost),
        ["presentations"] = outcome.Presentations,
        ["saved"] = outcome.Saved,
        ["judging"] = outcome.JudgingPresentations,
    };

    private static JsonObject Json(Bootstrap? mean) => new()
    {
        ["mean"] = Numbers.Json(mean?.Estimate),
        ["lower"] = Numbers.Json(mean?.Lower),
        ["upper"] = Numbers.Json(mean?.Upper),
    };

    private static string Needed(TrainingResult result, double share)
        => result.PresentationsToSuccess(share) is var needed && double.IsFinite(needed)
            ? Count((long)needed)
            : $"> {Count(result.Cell.Budget)}";

    private static string Mean(Bootstrap? mean)
        => mean is { } known ? $"{Error(known.Estimate)} {Interval(known.Lower, known.Upper)}" : "not tested";

    /// <summary>Four digits, whatever the unit.</summary>
    private static string InUnits(Bootstrap? mean)
        => mean is { } known
            ? FormattableString.Invariant($"{known.Estimate:G4} [{known.Lower:G4}, {known.Upper:G4}]")
            : "not tested";

    private static string Interval(double lower, double upper) => $"[{Error(lower)}, {Error(upper)}]";

    private static string Error(double share)
        => double.IsNaN(share) ? "unknown" : share.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string InWords(Ending ending) => Settings.InWords(ending).Replace('-', ' ');
}
