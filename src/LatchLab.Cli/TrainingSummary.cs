using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Statistics;
using LatchLab.Training;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>The summary of <c>train</c>.</summary>
internal static class TrainingSummary
{
    /// <summary>Prints a table on standard output.</summary>
    public static void Print(TrainingResult result, ulong seed, string? path)
    {
        TrainingConfiguration configuration = result.Configuration;
        Outcome best = result.Outcomes[result.BestTrial];
        string learner = configuration.Training is Curriculum curriculum
            ? $"{curriculum.Name} of {curriculum.Learner.Name}" : configuration.Training.Name;
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{configuration.Task.Title}, {learner}, seed {seed}. Intervals: 95 %."));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Quantity").AddColumn("Value");
        foreach ((string name, string text) in configuration.Task.DataSummary)
            AddRow(name, text);
        AddRow("success rate", FormattableString.Invariant(
            $"{result.SuccessRate.Successes} of {result.SuccessRate.Trials}: {result.SuccessRate.Frequency:0.000} ") +
            FormatInterval(result.SuccessRate.Lower, result.SuccessRate.Upper));
        AddRow("error on test sequences", FormatMeanError(result.TestError));
        if (configuration.UsesRootMeanSquareError)
            AddRow("root mean square test error", FormatMeanInUnits(result.RootMeanSquareError));
        AddRow("training error", FormatMeanError(result.TrainingError));
        AddRow("presentations to success",
            $"median {FormatPresentationsToSuccess(result, 0.5)} " +
            $"(quartiles {FormatPresentationsToSuccess(result, 0.25)}, {FormatPresentationsToSuccess(result, 0.75)})");
        AddRow("stop reasons", string.Join(", ", Enum.GetValues<StopReason>().Select(
            reason => $"{NumberFormat.GroupThousands(result.CountTrials(reason))} {FormatStopReason(reason)}")));
        string skipped = configuration.Training.IsSearch
            ? $" ({NumberFormat.GroupThousands(result.SkippedPresentations)} of them skipped)" : "";
        AddRow("presentations", $"{NumberFormat.GroupThousands(result.Presentations)} for training{skipped}, " +
            $"{NumberFormat.GroupThousands(result.EvaluationPresentations)} for evaluation");
        AddRow("best trial",
            $"number {result.BestTrial}: {FormatStopReason(best.StopReason)} after " +
                $"{NumberFormat.GroupThousands(best.Presentations)} presentations, error " +
                $"{FormatError(best.TestError)} on test sequences");
        AddRow("time", FormattableString.Invariant($"{result.Duration.TotalSeconds:0.0} seconds"));
        AnsiConsole.Write(table);
        if (path is not null && result.BestNetwork is not null)
            Console.Out.WriteLine($"Network of the best trial: {path}");

        void AddRow(string quantity, string value) => table.AddRow(Markup.Escape(quantity), Markup.Escape(value));
    }

    /// <summary>Prints one JSON document on standard output (docs/training.md).</summary>
    public static void PrintJson(TrainingResult result, ulong seed, string? path)
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["status"] = result.CountTrials(StopReason.Diverged) == result.Outcomes.Count ? "every trial diverged"
                : "ok",
            ["task"] = result.Configuration.Task.Name,
            ["dataset"] = DatasetJson.ToJson(result.Configuration.Task),
            ["learner"] = result.Configuration.Training.Name,
            ["seed"] = seed,
            ["success"] = new JsonObject
            {
                ["converged"] = result.SuccessRate.Successes,
                ["trials"] = result.SuccessRate.Trials,
                ["rate"] = result.SuccessRate.Frequency,
                ["lower"] = result.SuccessRate.Lower,
                ["upper"] = result.SuccessRate.Upper,
            },
            ["testError"] = ToJson(result.TestError),
            ["rootMeanSquareError"] = ToJson(result.RootMeanSquareError),
            ["trainingError"] = ToJson(result.TrainingError),
            ["presentationsToSuccess"] = new JsonObject
            {
                ["lowerQuartile"] = JsonOutput.ToJson(result.PresentationsToSuccess(0.25)),
                ["median"] = JsonOutput.ToJson(result.PresentationsToSuccess(0.5)),
                ["upperQuartile"] = JsonOutput.ToJson(result.PresentationsToSuccess(0.75)),
                ["budget"] = result.Configuration.Budget,
            },
            ["stopReasons"] = new JsonObject(Enum.GetValues<StopReason>().Select(
                reason => KeyValuePair.Create(Settings.FormatValue(reason), (JsonNode?)result.CountTrials(reason)))),
            ["presentations"] = new JsonObject
            {
                ["training"] = result.Presentations,
                ["skipped"] = result.SkippedPresentations,
                ["evaluation"] = result.EvaluationPresentations,
            },
            ["best"] = new JsonObject
            {
                ["trial"] = result.BestTrial,
                ["network"] = result.BestNetwork is null ? null : path,
                ["parameters"] = new JsonObject(result.Configuration.ParameterNames.Zip(
                    result.BestParameters, (name, value) => KeyValuePair.Create(name, JsonOutput.ToJson(value)))),
            },
            ["trials"] = new JsonArray([.. result.Outcomes.Select(ToJson)]),
            ["settings"] = new JsonArray(
                [.. TrainingConfigurationFactory.GetSettings(result.Configuration).Select(setting => new JsonObject
            {
                ["name"] = setting.Name,
                ["value"] = setting.Value,
                ["source"] = setting.Source,
            })]),
            ["seconds"] = result.Duration.TotalSeconds,
        });

    private static JsonObject ToJson(Outcome outcome) => new()
    {
        ["stopReason"] = Settings.FormatValue(outcome.StopReason),
        ["testError"] = JsonOutput.ToJson(outcome.TestError),
        ["trainingError"] = JsonOutput.ToJson(outcome.TrainingError),
        ["cost"] = JsonOutput.ToJson(outcome.Cost),
        ["presentations"] = outcome.Presentations,
        ["skipped"] = outcome.SkippedPresentations,
        ["evaluation"] = outcome.EvaluationPresentations,
    };

    private static JsonObject ToJson(BootstrapInterval? mean) => new()
    {
        ["mean"] = JsonOutput.ToJson(mean?.Estimate),
        ["lower"] = JsonOutput.ToJson(mean?.Lower),
        ["upper"] = JsonOutput.ToJson(mean?.Upper),
    };

    private static string FormatPresentationsToSuccess(TrainingResult result, double share)
        => result.PresentationsToSuccess(share) is var needed && double.IsFinite(needed)
            ? NumberFormat.GroupThousands((long)needed)
            : $"> {NumberFormat.GroupThousands(result.Configuration.Budget)}";

    private static string FormatMeanError(BootstrapInterval? mean)
        => mean is { } known ? $"{FormatError(known.Estimate)} {FormatInterval(known.Lower, known.Upper)}"
            : "not tested";

    /// <summary>Formats an error in the units of the target with four significant digits.</summary>
    private static string FormatMeanInUnits(BootstrapInterval? mean)
        => mean is { } known
            ? FormattableString.Invariant($"{known.Estimate:G4} [{known.Lower:G4}, {known.Upper:G4}]")
            : "not tested";

    private static string FormatInterval(double lower, double upper) => $"[{FormatError(lower)}, {FormatError(upper)}]";

    private static string FormatError(double share)
        => double.IsNaN(share) ? "unknown" : share.ToString("0.000", CultureInfo.InvariantCulture);

    private static string FormatStopReason(StopReason reason) => Settings.FormatValue(reason).Replace('-', ' ');
}
